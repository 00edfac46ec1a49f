package fonio.engine;

import fonio.api.BlockExecutorConfig;
import fonio.api.DirectExecutor;
import fonio.api.OnWorkerLost;
import fonio.api.Options;
import fonio.api.spi.Body;
import fonio.kernel.TaskClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The routes of a run: one for the options of threads, one for each app of worker processes. */
final class Routes {
  private static final int MOST_CLASSES = 65_535;
  private static final int MOST_KILLS = 3;

  private final Settings settings;
  private final List<ThreadLane> lanes;
  private final @Nullable WorkerLanes workers;
  private final @Nullable Joins joins;
  private final Consumer<Consumer<Core>> order;
  private final Map<Options, Route> ofOptions = new ConcurrentHashMap<>();
  private final Map<WorkerApp, Route> ofApps = new ConcurrentHashMap<>();
  private final Map<Options, Route> ofJoins = new ConcurrentHashMap<>();
  private final AtomicInteger classes = new AtomicInteger();
  private volatile @Nullable Route last;
  private volatile @Nullable Recent lastApp;

  private record Recent(WorkerApp app, Route route) {
    boolean isOf(Route any, Body body) {
      return app.any().classId() == any.classId() && app.body().equals(body);
    }
  }

  Routes(
      Settings settings,
      List<ThreadLane> lanes,
      @Nullable WorkerLanes workers,
      @Nullable Joins joins,
      Consumer<Consumer<Core>> order) {
    this.settings = settings;
    this.lanes = lanes;
    this.workers = workers;
    this.joins = joins;
    this.order = order;
  }

  Route of(Options options) {
    Route recent = last;
    if (recent == null || !recent.options().equals(options)) {
      recent = ofOptions.computeIfAbsent(options, this::open);
      last = recent;
    }
    return recent;
  }

  /** The route of the bodies of a join app: of an executor of worker processes they run here. */
  Route ofJoin(Options options) {
    Route any = of(options);
    Joins here = joins;
    return here == null || !any.lane().inProcesses
        ? any
        : ofJoins.computeIfAbsent(options, asked -> open(asked, here.lane()));
  }

  /** The route of an app: worker processes have a class for each function. */
  Route of(Options options, Body body) {
    Route any = of(options);
    if (workers == null || !any.lane().inProcesses) {
      return any;
    }
    Recent recent = lastApp;
    if (recent == null || !recent.isOf(any, body)) {
      WorkerApp app = new WorkerApp(any, body);
      recent = new Recent(app, ofApps.computeIfAbsent(app, made -> open(made, workers)));
      lastApp = recent;
    }
    return recent.route;
  }

  private Route open(Options options) {
    ThreadLane lane = lane(options.executor());
    Needs.check(options, settings.executors().get(lane.number));
    return open(options, lane);
  }

  private Route open(WorkerApp app, WorkerLanes processes) {
    Route made = open(app.any().options(), app.any().lane());
    int lane = made.lane().number;
    Optional<Duration> walltime = executor(lane).flatMap(DirectExecutor::walltime);
    Map<String, String> needs = Needs.of(made.options(), settings.executors().get(lane));
    processes.define(lane, app.function(made), app.definition(made, walltime, needs));
    return made;
  }

  private Route open(Options options, ThreadLane lane) {
    int classId = classes.incrementAndGet();
    if (classId > MOST_CLASSES) {
      throw new IllegalStateException(
          "a run has at most %d different apps and options; make an app once and call it often"
              .formatted(MOST_CLASSES));
    }
    int retries = options.retries() < 0 ? settings.retries() : options.retries();
    boolean rerun =
        executor(lane.number).map(DirectExecutor::onWorkerLost).orElse(OnWorkerLost.RERUN)
            == OnWorkerLost.RERUN;
    TaskClass made =
        new TaskClass(
            lane.number, retries, options.priority(), rerun, kills(lane.number), false, false);
    order.accept(core -> core.define(classId, made));
    return new Route(options, classId, lane);
  }

  /** The executor of a lane, if it has worker processes. */
  private Optional<DirectExecutor> executor(int lane) {
    return lane < lanes.size() && settings.executors().get(lane) instanceof DirectExecutor executor
        ? Optional.of(executor)
        : Optional.empty();
  }

  private int kills(int lane) {
    return lane < lanes.size()
            && settings.executors().get(lane) instanceof BlockExecutorConfig blocks
        ? blocks.managers().kills()
        : MOST_KILLS;
  }

  private ThreadLane lane(String label) {
    if (label.isEmpty()) {
      return lanes.getFirst();
    }
    return lanes.stream()
        .filter(lane -> lane.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no executor \"%s\"; there are %s"
                    .formatted(label, lanes.stream().map(lane -> lane.label).toList())));
  }
}
