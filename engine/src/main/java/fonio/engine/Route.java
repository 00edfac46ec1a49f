package fonio.engine;

import fonio.api.Options;

/** What options come down to: a class of the kernel and the lane of its executor. */
record Route(Options options, int classId, ThreadLane lane) {}
