package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.TcpLink;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private static final long MB = 1 << 20;
  private static final int PLAIN = 1;

  private final Roster roster = new Roster();
  private final List<TcpLink> links = new ArrayList<>();
  private final Keeping keeping = new Keeping();
  private final Peer one = manager("one");
  private final Peer two = manager("two");

  @AfterEach
  void close() {
    links.forEach(TcpLink::close);
  }

  /** A manager of ten tasks that keeps 10 MB. */
  private Peer manager(String name) {
    try {
      TcpLink link = TcpLink.clear(SocketChannel.open());
      links.add(link);
      NodeFacts node = new NodeFacts(1, 0, 10, 0, "");
      Peer peer = roster.add(new ManagerInfo(name, "node", 1, "", node), link);
      peer.load.windowOtherwise(10);
      roster.workers(peer, 1);
      roster.weigh(peer);
      return peer;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String best(long... tasks) {
    Peer peer = keeping.best(tasks, tasks.length, any -> any.place >= 0);
    return peer == null ? "nobody" : peer.info.name();
  }

  @Test
  void taskGoesWhereMostOfItsInputIs() {
    keeping.keeps(one, 1, 3 * MB);
    keeping.keeps(two, 2, 2 * MB);
    keeping.keeps(two, 3, 2 * MB);
    assertThat(best(1, 2)).isEqualTo("one");
    assertThat(best(1, 2, 3)).isEqualTo("two");
    assertThat(best(3, 1)).isEqualTo("one");
    assertThat(best(4)).isEqualTo("nobody");
    assertThat(best()).isEqualTo("nobody");
  }

  @Test
  void ofThoseThatKeepAsMuchTheOneWithMoreRoomGetsIt() {
    keeping.keeps(one, 1, MB);
    keeping.keeps(two, 1, MB);
    Peers.give(roster, one, 50, PLAIN);
    assertThat(best(1)).isEqualTo("two");
    Peers.give(roster, two, 51, PLAIN);
    Peers.give(roster, two, 52, PLAIN);
    assertThat(best(1)).isEqualTo("one");
  }

  @Test
  void managerThatIsFullIsPassedOver() {
    keeping.keeps(one, 1, 3 * MB);
    keeping.keeps(two, 2, MB);
    one.draining = true;
    roster.weigh(one);
    assertThat(best(1, 2)).isEqualTo("two");
    assertThat(best(1)).isEqualTo("nobody");
  }

  @Test
  void whatFindsNoRoomAnyMoreIsNotThere() {
    keeping.keeps(one, 1, 6 * MB);
    assertThat(keeping.keeps(one, 2, 6 * MB)).containsExactly(1L);
    assertThat(keeping.keeps(one, 3, 11 * MB)).containsExactly(2L, 3L);
    assertThat(keeping.isEmpty()).isTrue();
  }

  @Test
  void whatNobodyNeedsIsDroppedByAllWhoKeepIt() {
    keeping.keeps(one, 1, MB);
    keeping.keeps(two, 1, MB);
    assertThat(keeping.released(1)).containsExactly(one, two);
    assertThat(keeping.released(1)).isEmpty();
    assertThat(keeping.use(one, 1)).isEqualTo(-1);
    assertThat(keeping.isKept(1)).isFalse();
  }

  @Test
  void managerThatIsGoneKeepsNothing() {
    keeping.keeps(one, 1, MB);
    keeping.keeps(one, 2, MB);
    keeping.keeps(two, 1, MB);
    keeping.clear(one);
    assertThat(keeping.use(one, 1)).isEqualTo(-1);
    assertThat(keeping.isKept(2)).isFalse();
    assertThat(best(1, 2)).isEqualTo("two");
  }

  @Test
  void managerThatLacksAResultIsAskedForItNoMore() {
    long far = (7L << 32) + 1;
    keeping.keeps(one, far, MB);
    keeping.lacks(one, 1);
    keeping.lacks(one, 2);
    assertThat(keeping.use(one, far)).isEqualTo(-1);
    assertThat(keeping.isEmpty()).isTrue();
  }
}
