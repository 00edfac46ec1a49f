package fonio.pool;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.Reception;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Side;
import fonio.wire.Definitions;
import fonio.wire.Greeting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where started processes come in: judges their HELLO and links them to their slots. */
final class Entrance implements Reception.Host {
  private final PoolConfig config;
  private final List<Worker> workers;
  private final LinkSet links;
  private final Definitions definitions;

  Entrance(PoolConfig config, List<Worker> workers, LinkSet links, Definitions definitions) {
    this.config = config;
    this.workers = workers;
    this.links = links;
    this.definitions = definitions;
  }

  @Override
  public Greeting welcome(Greeting hello) {
    check(hello);
    Map<String, String> entries = new LinkedHashMap<>(config.welcome());
    entries.put("maker", Integer.toString(config.makers().getAsInt()));
    entries.put("ring", config.ringCapacity() > 0 ? "1" : "0");
    return Greeting.of(entries);
  }

  private void check(Greeting hello) {
    if (!hello.required("token").equals(config.token())) {
      throw new IllegalArgumentException("its token is not that of this run");
    }
    String codec = hello.entry("codec", "");
    if (!codec.startsWith(config.codec())) {
      throw new IllegalArgumentException(
          "the worker's codec is "
              + codec
              + ", the client's is "
              + config.codec()
              + ": use the same interpreter");
    }
    String digest = hello.entry("classes", "");
    if (!config.digest().isEmpty() && !digest.equals(config.digest())) {
      throw new IllegalArgumentException(
          "the worker's classes have digest "
              + digest
              + ", the client's "
              + config.digest()
              + ": use the same class path");
    }
    int index = Integer.parseInt(hello.required("worker"));
    int generation = Integer.parseInt(hello.required("generation"));
    if (index < 0 || index >= workers.size() || !awaits(index, generation)) {
      throw new IllegalArgumentException(
          "worker " + index + " of generation " + generation + " is not awaited");
    }
  }

  private boolean awaits(int index, int generation) {
    Worker worker = workers.get(index);
    return worker.generation == generation && worker.phase == Worker.Phase.STARTING;
  }

  @Override
  public void entered(Greeting hello, Link link) {
    Worker worker = workers.get(Integer.parseInt(hello.required("worker")));
    RingFile file = worker.file;
    if (file == null) {
      throw new IllegalStateException(worker.name + " has no ring file");
    }
    file.unlink();
    worker.link = config.ringCapacity() > 0 ? new RingLink(link.channel(), file, Side.UPPER) : link;
    worker.phase = Worker.Phase.READY;
    worker.dueAtNanos = 0;
    worker.hearsBarriers = hello.entry("membarrier", "0").equals("1");
    worker.hearsUrgency = hello.entry("urgent", "0").equals("1");
    links.add(worker.link);
    definitions.greet(worker.known, worker.writer);
  }
}
