/** As many as fit in words; the rest as a number that names them when pointed at. */
export function Tags({ tags, limit = 3 }: { readonly tags: readonly string[]; readonly limit?: number }) {
  if (tags.length === 0) return null;
  const hidden = tags.slice(limit);
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {tags.slice(0, limit).map((tag) => (
        <span key={tag} className="truncate rounded border border-line px-1.5 text-xs leading-5 text-soft" title={tag}>
          {tag}
        </span>
      ))}
      {hidden.length > 0 && (
        <span className="shrink-0 text-xs text-muted" title={hidden.join(", ")}>
          +{hidden.length}
        </span>
      )}
    </span>
  );
}
