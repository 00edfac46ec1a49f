package fonio.engine;

import fonio.api.spi.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes two cached calls of a run the same: app and arguments; a future is equal to itself.
 */
record CallKey(Body body, List<@Nullable Object> arguments) {}
