/** Lines where rows will be, so that nothing jumps when they come. */
export function SkeletonRows({ count, height = 36 }: { readonly count: number; readonly height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={String(index)} className="flex items-center border-b border-line px-3" style={{ height }}>
          <div
            className="h-3 motion-safe:animate-pulse rounded bg-hover"
            style={{ width: `${35 + ((index * 17) % 45)}%` }}
          />
        </div>
      ))}
    </div>
  );
}
