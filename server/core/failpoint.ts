/**
 * Places where a fault run may stop the server between two steps that nothing outside can tell apart. A server has no failpoint unless
 * the program that serves passes one in its options; no setting and no request can bring one about.
 */
export type FailpointName =
  /** The message is committed; its sender was not answered yet. */
  | "send committed"
  /** The batch is committed and its senders may be answered; neither this process's sockets nor its tail know of the batch yet. */
  | "send answered";

/** Holds what comes after it until its promise resolves; undefined goes on at once. */
export type Failpoint = (name: FailpointName) => Promise<void> | undefined;
