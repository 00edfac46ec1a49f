package fonio.engine;

import fonio.executors.Outcomes;
import fonio.executors.Payloads;
import fonio.interchange.Safekeeping;
import fonio.kernel.Kernel;
import fonio.transport.LinkSet;
import fonio.transport.Segments;
import java.util.function.LongSupplier;

/**
 * What is around a lane.
 *
 * @param kernel whose tasks it takes
 * @param payloads where it gets their bytes
 * @param outcomes who hears what became of them
 * @param segments where payloads go that are too large for a frame
 * @param safekeeping when results need not be kept by who sent them
 * @param links those of the loop that calls it
 */
record Surroundings(
    Kernel kernel,
    Payloads payloads,
    Outcomes outcomes,
    Segments segments,
    Safekeeping safekeeping,
    LinkSet links,
    LongSupplier nanoClock) {}
