package fonio.engine;

/** Why a task has no result though it did not run: the tasks up to the root, and its error. */
record Failure(String chain, Throwable root) {}
