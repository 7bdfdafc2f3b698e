/** A file of its own, so that only `io` of the library reaches the browser, and only when the chat is opened. */
export { io } from "socket.io-client";
