package fonio.engine;

import fonio.wire.Greeting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an engine says of itself to its client. */
final class Hello {
  private Hello() {}

  /** To the client that has started it. */
  static Greeting first(EngineConfig config, @Nullable RunJournal journal) {
    return of(config, config.rings(), journal);
  }

  /** To a client that comes later. */
  static Greeting again(EngineConfig config, @Nullable RunJournal journal) {
    return of(config, false, journal);
  }

  private static Greeting of(EngineConfig config, boolean rings, @Nullable RunJournal journal) {
    Map<String, String> hello = new LinkedHashMap<>();
    hello.put("role", "engine");
    hello.put("pid", Long.toString(ProcessHandle.current().pid()));
    hello.put("token", config.token());
    hello.put("codec", "any");
    hello.put("byteorder", "little");
    hello.put("ring", rings ? "1" : "0");
    if (journal != null) {
      hello.put("frames", Long.toString(journal.framesOnDisk()));
    }
    return Greeting.of(hello);
  }
}
