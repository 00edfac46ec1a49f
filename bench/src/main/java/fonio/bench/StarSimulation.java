package fonio.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A discrete-event simulation of nodes around one interchange, with or without relays between.
 *
 * <p>A node reports its results at an interval and gets as many tasks back; it reports again when
 * they have come, so that frames grow where the interchange is full. A relay gathers what its nodes
 * report for a moment and hands it on as one frame. Threads and the interchange's cable are servers
 * with a queue; the network adds no delay of its own.
 */
final class StarSimulation {
  /**
   * What is simulated.
   *
   * @param nodes how many there are
   * @param workers of each node
   * @param taskSeconds how long a task runs
   * @param taskBytes of an argument, and of a result
   * @param relays how many there are; 0: nodes connect to the interchange
   * @param reportSeconds how often a node reports
   * @param gatherSeconds for how long a relay gathers
   * @param beatSeconds how often a silent node says that it is there
   * @param cableBytesPerSecond what the interchange's network carries one way
   * @param costs what it costs a thread
   */
  record Plan(
      int nodes,
      int workers,
      double taskSeconds,
      int taskBytes,
      int relays,
      double reportSeconds,
      double gatherSeconds,
      double beatSeconds,
      double cableBytesPerSecond,
      Costs costs) {}

  /**
   * What came of it; shares are 0 to 1.
   *
   * @param tasksPerSecond whose results the interchange took, giving as many new ones
   * @param framesPerSecond of results that the interchange answered
   * @param bytesPerSecond of those, and of the tasks that went back
   * @param workersBusy share of the workers' time that so many tasks fill
   * @param interchangeBusy share of its thread's time
   * @param relayBusy share of the first relay's thread's time
   * @param cableBusy share of the cable's time
   */
  record Outcome(
      double tasksPerSecond,
      double framesPerSecond,
      double bytesPerSecond,
      double workersBusy,
      double interchangeBusy,
      double relayBusy,
      double cableBusy) {}

  private static final int COLUMNS_BYTES = 10;
  private static final int HEADER_BYTES = 16;

  private record Share(int node, int tasks) {}

  /** What was there at a time, since the beginning. */
  private record Count(
      double done, double frames, double bytes, double interchange, double relay, double cable) {}

  /** An event: a node's report is due (no shares), a relay hands on, or tasks arrive. */
  private record Event(double time, long number, int who, boolean relays, List<Share> shares) {}

  private final Plan plan;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) -> {
        int order = Double.compare(a.time, b.time);
        return order != 0 ? order : Long.compare(a.number, b.number);
      });
  private final NodeModel[] nodes;
  private final Server[] relays;
  private final List<List<Share>> gathered = new ArrayList<>();
  private final Server interchange = new Server();
  private final Server cable = new Server();
  private long numbers;
  private double done;
  private long frames;
  private double bytes;

  private StarSimulation(Plan plan, SplittableRandom random) {
    this.plan = plan;
    this.nodes = new NodeModel[plan.nodes];
    this.relays = new Server[plan.relays];
    int stock = (int) (plan.workers * (2 + 2 * plan.reportSeconds / plan.taskSeconds));
    for (int node = 0; node < plan.nodes; node++) {
      nodes[node] = new NodeModel(plan.workers, plan.taskSeconds, stock);
      add(random.nextDouble() * plan.reportSeconds, node, false, List.of());
    }
    for (int relay = 0; relay < plan.relays; relay++) {
      relays[relay] = new Server();
      gathered.add(new ArrayList<>());
      add(random.nextDouble() * plan.gatherSeconds, relay, true, List.of());
    }
  }

  /** Runs a plan for so many seconds; equal seeds give equal outcomes. */
  static Outcome run(Plan plan, double seconds, long seed) {
    return new StarSimulation(plan, new SplittableRandom(seed)).run(seconds);
  }

  /** The first half passes before anything is counted: nodes begin with tasks. */
  private Outcome run(double seconds) {
    Count before = countAt(seconds / 2);
    Count after = countAt(seconds);
    double length = seconds - seconds / 2;
    double done = after.done - before.done;
    return new Outcome(
        done / length,
        (after.frames - before.frames) / length,
        (after.bytes - before.bytes) / length,
        done * plan.taskSeconds / ((double) plan.nodes * plan.workers * length),
        (after.interchange - before.interchange) / length,
        (after.relay - before.relay) / length,
        (after.cable - before.cable) / length);
  }

  /** Goes on until a time, and counts. */
  private Count countAt(double time) {
    Event event = next();
    for (; event.time < time; event = next()) {
      if (event.relays) {
        handOn(event.who, event.time);
      } else if (event.shares.isEmpty()) {
        report(event.who, event.time);
      } else {
        deliver(event);
      }
    }
    events.add(event);
    return new Count(
        done,
        frames,
        bytes,
        interchange.busyUntil(time),
        relays.length == 0 ? 0 : relays[0].busyUntil(time),
        cable.busyUntil(time));
  }

  private void deliver(Event event) {
    frames++;
    for (Share share : event.shares) {
      nodes[share.node].take(event.time, share.tasks);
      nodes[share.node].waits = false;
      done += share.tasks;
      bytes += share.tasks * payload();
    }
    bytes += HEADER_BYTES;
  }

  private double payload() {
    return plan.taskBytes + COLUMNS_BYTES;
  }

  private Event next() {
    Event event = events.poll();
    if (event == null) {
      throw new IllegalStateException("a plan without nodes: " + plan);
    }
    return event;
  }

  private void add(double time, int who, boolean relay, List<Share> shares) {
    events.add(new Event(time, numbers++, who, relay, shares));
  }

  private void report(int node, double time) {
    add(time + plan.reportSeconds, node, false, List.of());
    int tasks = nodes[node].waits ? 0 : nodes[node].report(time);
    if (tasks == 0) {
      if (!nodes[node].waits && time - nodes[node].saidAt >= plan.beatSeconds) {
        nodes[node].saidAt = time;
        (relays.length == 0 ? interchange : relays[relayOf(node)]).serve(time, plan.costs.beat());
      }
      return;
    }
    nodes[node].saidAt = time;
    nodes[node].waits = true;
    Share share = new Share(node, tasks);
    if (relays.length == 0) {
      exchange(time, tasks, List.of(share));
    } else {
      relays[relayOf(node)].serve(time, plan.costs.of(tasks, plan.taskBytes));
      gathered.get(relayOf(node)).add(share);
    }
  }

  private int relayOf(int node) {
    return node % relays.length;
  }

  private void handOn(int relay, double time) {
    add(time + plan.gatherSeconds, relay, true, List.of());
    List<Share> shares = List.copyOf(gathered.get(relay));
    gathered.get(relay).clear();
    int tasks = shares.stream().mapToInt(Share::tasks).sum();
    if (tasks > 0) {
      double at = relays[relay].serve(time, plan.costs.of(tasks, plan.taskBytes));
      exchange(at, tasks, shares);
    }
  }

  /** Results go to the interchange, and as many tasks come back. */
  private void exchange(double time, int tasks, List<Share> shares) {
    double size = HEADER_BYTES + tasks * payload();
    double arrived = cable.serve(time, size / plan.cableBytesPerSecond);
    double answered = interchange.serve(arrived, plan.costs.of(tasks, plan.taskBytes));
    add(answered, shares.getFirst().node, false, shares);
  }
}
