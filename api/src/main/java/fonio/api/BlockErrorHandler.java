package fonio.api;

/** When blocks that fail end the tasks of their executor. */
public enum BlockErrorHandler {
  /** When all blocks so far have failed, and there were at least as many as at the start. */
  SIMPLE,
  /** When the last three blocks have failed. */
  WINDOWED,
  /** Never: blocks are asked for as long as there are tasks. */
  NONE
}
