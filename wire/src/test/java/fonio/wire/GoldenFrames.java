package fonio.wire;

import static fonio.wire.PlainFrame.named;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The frames of the golden vectors: every kind, and every column that it can have. */
final class GoldenFrames {
  private static final String KEY = "11".repeat(32);
  private static final String NO_KEY = "00".repeat(32);

  /** The reference to segment 7 of maker 3, 1 MiB long. */
  private static final String REFERENCE = "0700000003000000" + "0000100000000000";

  /** The reference to the result of task 39, 65,537 bytes long. */
  private static final String HELD = "2700000000000000" + "0100010000000000";

  private GoldenFrames() {}

  static List<PlainFrame> all() {
    return List.of(
        named("hello of a Python worker", "HELLO").with("blob", greeting(Map.of("role", "worker"))),
        named("welcome", "WELCOME").with("blob", greeting(Map.of("ring", "1"))),
        named("refused", "REFUSED").blob("this side speaks version 1, the other version 2"),
        named("function", "FUNCTION")
            .header(0, 0, 3)
            .with("blob", "000400" + "646f636b" + "80054e2e"),
        named("class with options", "CLASS")
            .header(7, 0, 3)
            .blob("name=dock\nlane=cpu\nretries=2\n"),
        named("class of promises", "CLASS").header(8, 0, 0),
        named("submit of one without arguments", "SUBMIT").header(7, 1, 1),
        named("submit of 256 without arguments", "SUBMIT").header(65535, 256, 4_294_967_040L),
        named("submit of no-ops of three classes", "SUBMIT")
            .header(0, 3, 2)
            .with("classes", "1,65535,7"),
        named("submit with arguments", "SUBMIT")
            .header(7, 3, 5)
            .with("lengths", "3,0,2")
            .with("blob", "0102030405"),
        named("submit with a segment", "SUBMIT")
            .header(7, 2, 8)
            .with("lengths", "16s,1")
            .with("blob", REFERENCE + "ff"),
        named("submit with parents", "SUBMIT").header(7, 3, 10).with("parents", "9;;9,10,9"),
        named("submit with parents and arguments", "SUBMIT")
            .header(7, 2, 13)
            .with("lengths", "0,4")
            .with("parents", "4294967295;12,13")
            .with("blob", "deadbeef"),
        named("submit with memo keys", "SUBMIT").header(7, 2, 15).with("extension", KEY + NO_KEY),
        named("submit with everything", "SUBMIT")
            .header(0, 2, 17)
            .with("classes", "7,8")
            .with("lengths", "1,2")
            .with("parents", ";17")
            .with("extension", NO_KEY + KEY)
            .with("blob", "aabbcc"),
        named("tasks in a row without arguments", "TASKS").header(7, 4, 100),
        named("tasks with ids", "TASKS").header(7, 3, 0).with("ids", "5,9,4294967295"),
        named("tasks with ids and arguments", "TASKS")
            .header(7, 2, 0)
            .with("ids", "9,5")
            .with("lengths", "2,1")
            .with("blob", "0a0b0c"),
        named("tasks with spliced parents", "TASKS")
            .header(7, 2, 20)
            .with("lengths", "1,2")
            .with("parents", "3:2,4:0;5:1")
            .with("blob", "a1a2" + "b0" + "c1" + "d1d2"),
        named("tasks sent ahead with local parents", "TASKS")
            .header(7, 3, 30)
            .with("parents", "29:1;30:local;31:local")
            .with("blob", "77"),
        named("tasks with a parent in a segment", "TASKS")
            .header(7, 1, 40)
            .with("parents", "39:16s")
            .with("blob", REFERENCE),
        named("tasks with a parent that the manager keeps", "TASKS")
            .header(7, 1, 41)
            .with("parents", "39:16s")
            .with("attempts", "1")
            .with("blob", HELD),
        named("tasks with attempts", "TASKS").header(7, 3, 50).with("attempts", "0,1,65535"),
        named("tasks with everything", "TASKS")
            .header(7, 3, 0)
            .with("ids", "60,62,61")
            .with("lengths", "0,16s,1")
            .with("parents", ";60:local,59:2;")
            .with("attempts", "1,0,2")
            .with("blob", "e1e2" + REFERENCE + "f0"),
        named("results in a row, all None", "RESULTS").header(0, 5, 100),
        named("results with values", "RESULTS")
            .header(0, 2, 105)
            .with("lengths", "1,2")
            .with("blob", "010203"),
        named("results out of order", "RESULTS")
            .header(0, 3, 0)
            .with("ids", "7,3,9")
            .with("lengths", "0,1,0")
            .with("blob", "aa"),
        named("result that the manager keeps", "RESULTS")
            .header(1, 1, 39)
            .with("lengths", "4")
            .with("attempts", "0")
            .with("blob", "c1c2c3c4"),
        named("results of every status", "RESULTS")
            .header(0, 7, 10)
            .with("statuses", "0,1,2,3,4,5,6"),
        named("results of a worker with time", "RESULTS")
            .header(0, 2, 12)
            .with("extension", "40e2010000000000"),
        named("results with everything", "RESULTS")
            .header(0, 3, 0)
            .with("ids", "4,2,3")
            .with("lengths", "16s,0,1")
            .with("attempts", "0,1,2")
            .with("statuses", "0,5,1")
            .with("extension", "ffffffffffffff7f")
            .with("blob", REFERENCE + "09"),
        named("acknowledgement of two frames", "ACK").header(0, 2, 0),
        named("cancel", "CANCEL").header(0, 0, 17),
        named("kill", "KILL").header(0, 0, 17),
        named("verdict", "VERDICT").header(0, 0, 17),
        named("ask", "ASK")
            .header(0, 1, 17)
            .with("lengths", "2")
            .with("statuses", "1")
            .with("blob", "8005"),
        named("ask without a payload", "ASK").header(0, 1, 18).with("statuses", "4"),
        named("retry", "RETRY").header(0, 1, 17),
        named("no retry", "RETRY").header(0, 0, 17),
        named("release of results in a row", "RELEASE").header(0, 3, 17),
        named("release of results out of order", "RELEASE").header(0, 2, 0).with("ids", "21,17"),
        named("share", "SHARE").header(0, 1, 2).with("lengths", "3").with("blob", "80054e"),
        named("share in a segment", "SHARE")
            .header(0, 1, 3)
            .with("lengths", "16s")
            .with("blob", REFERENCE),
        named("query", "QUERY").header(0, 0, 1).blob("task 17"),
        named("answer", "ANSWER").header(0, 0, 1).blob("state=running\nworker=2\n"),
        named("log of stderr", "LOG").header(2, 0, 1).blob("gr\u00fc\u00dfe\n"),
        named("close at once", "CLOSE"),
        named("close when all is done", "CLOSE").header(0, 0, 1),
        named("fault", "FAULT").blob("EngineFull: no room"),
        named("unshare", "UNSHARE").header(0, 0, 2),
        named("elements", "ELEMENTS").blob("tasks=999\nsucceeded=-1\nfailed=3\n"),
        named("failed elements of a chunk", "ELEMENTS")
            .header(7, 0, 17)
            .blob("error=ValueError: 5\\nthe first of 3\n"),
        named("capacity", "CAPACITY").blob("workers=4\nwindow=8\nwindow.7=512\n"),
        named("beat", "BEAT"),
        named("recall", "RECALL").header(0, 1, 17),
        named("recall of several", "RECALL").header(0, 2, 0).with("ids", "17,21"),
        named("drain", "DRAIN"),
        named("holds", "HOLDS").header(0, 3, 0).with("ids", "17,21,22").with("attempts", "0,1,2"),
        named("allotment", "ALLOT").blob("cores=0,1\nenv.CUDA_VISIBLE_DEVICES=2\n"),
        named("no allotment", "ALLOT"),
        named("durable up to a frame", "DURABLE").header(0, 0, 4_294_967_295L),
        named("nothing becomes durable", "DURABLE").header(0, 0, 17).blob("the disk is full"));
  }

  /** Frames that a reader takes though {@link FrameWriter} writes them shorter. */
  static List<PlainFrame> lenient() {
    return List.of(
        named("ids that follow each other", "TASKS").header(7, 2, 99).with("ids", "3,4"),
        named("lengths that are all 0", "SUBMIT").header(7, 2, 1).with("lengths", "0,0"),
        named("no task has parents", "SUBMIT").header(7, 2, 1).with("parents", ";"),
        named("all are ok", "RESULTS").header(0, 5, 1).with("statuses", "0,0,0,0,0"));
  }

  private static String greeting(Map<String, String> entries) {
    return HexFormat.of().formatHex(Greeting.of(entries).encode());
  }
}
