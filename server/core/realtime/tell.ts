/** A word to one socket alone: what is so when it sits down. Everything later goes to audiences (`live.ts`). */
import type { Seat } from "./seats.ts";

export const tell = ({ socket }: Seat, event: string, payload: unknown): void => void socket.emit(event, payload);
