import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-1/4 left-1/2 z-50 w-[460px] max-w-[92vw] -translate-x-1/2 rounded-lg border border-line bg-raised p-5 shadow-2xl"
        >
          <Radix.Title className="mb-2 text-base font-semibold">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmDialogProps extends DialogProps {
  readonly action: string;
  readonly onConfirm: () => void;
}

/** Before what cannot be undone. */
export function ConfirmDialog({ action, onConfirm, onClose, children, ...props }: ConfirmDialogProps) {
  return (
    <Dialog {...props} onClose={onClose}>
      <div className="mb-5 text-soft">{children}</div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep</Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
