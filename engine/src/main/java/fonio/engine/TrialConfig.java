package fonio.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an interchange is tried by hand.
 *
 * @param folder where its secrets are put, in a folder of their own that nodes see too
 * @param address name or address by which nodes reach this machine; empty: all that it has
 * @param port that it listens on; 0 for one that is free
 * @param encrypted whether by TLS; empty: where links leave this machine
 * @param tasks how many tasks each manager is sent as fast as it takes them. Too few: the rate is
 *     that of a start; too many: it takes long
 */
public record TrialConfig(
    Path folder, String address, int port, Optional<Boolean> encrypted, int tasks) {}
