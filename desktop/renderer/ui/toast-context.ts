import { createContext, use } from "react";
import type { Toasts } from "./toast.tsx";

export const ToastContext = createContext<Toasts | undefined>(undefined);

export function useToasts(): Toasts {
  const toasts = use(ToastContext);
  if (toasts === undefined) throw new Error("no toasts: wrap the page in ToastContext");
  return toasts;
}
