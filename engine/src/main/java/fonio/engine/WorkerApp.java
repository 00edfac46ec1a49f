package fonio.engine;

import fonio.api.spi.Body;

/** A function and its options, as worker processes know them: a class of its own. */
record WorkerApp(Route any, Body body) {}
