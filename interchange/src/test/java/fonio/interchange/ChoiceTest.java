package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.TcpLink;
import fonio.wire.ClassDefinition;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final int PLAIN = 1;
  private static final int FOUR_CORES = 2;
  private static final int MUCH_MEMORY = 3;
  private final Roster roster = new Roster();
  private final List<TcpLink> links = new ArrayList<>();
  private final Choice choice = new Choice(roster, Selection.byBlock(), new Keeping());

  ChoiceTest() {
    choice.define(new ClassDefinition(PLAIN, 1, Map.of()));
    choice.define(new ClassDefinition(FOUR_CORES, 1, Map.of("cores", "4")));
    choice.define(new ClassDefinition(MUCH_MEMORY, 1, Map.of("cores", "1", "memory_mb", "5000")));
  }

  @AfterEach
  void close() {
    links.forEach(TcpLink::close);
  }

  private Peer manager(String name, int cores, int memoryMegabytes) throws IOException {
    TcpLink link = TcpLink.clear(SocketChannel.open());
    links.add(link);
    NodeFacts node = new NodeFacts(cores, memoryMegabytes, 0, 0, "");
    Peer peer = roster.add(new ManagerInfo(name, "node", 1, name, node), link);
    peer.load.windowOtherwise(2);
    roster.workers(peer, 1);
    roster.weigh(peer);
    return peer;
  }

  private String chosen(int classId) {
    return Objects.requireNonNull(choice.of(classId)).info.name();
  }

  @Test
  void tasksThatNeedMuchGoToANodeThatHasIt() throws IOException {
    manager("0", 2, 1000);
    manager("1", 4, 1000);
    manager("2", 2, 8000);
    assertThat(chosen(PLAIN)).isEqualTo("0");
    assertThat(chosen(FOUR_CORES)).isEqualTo("1");
    assertThat(chosen(MUCH_MEMORY)).isEqualTo("2");
  }

  @Test
  void theyWaitWhileTheNodeThatHasItIsFull() throws IOException {
    manager("0", 2, 1000);
    Peer large = manager("1", 8, 1000);
    large.add(FOUR_CORES, new long[] {1, 2}, new int[2], 0, 2);
    roster.weigh(large);
    assertThat(choice.of(FOUR_CORES)).isNull();
    assertThat(chosen(PLAIN)).isEqualTo("0");
  }

  @Test
  void whatNoNodeHasIsForTheLargestToRefuse() throws IOException {
    manager("0", 1, 1000);
    manager("1", 3, 1000);
    manager("2", 2, 1000);
    assertThat(chosen(FOUR_CORES)).isEqualTo("1");
  }

  @Test
  void aNodeOfWhichNothingIsKnownMayHaveIt() throws IOException {
    manager("0", 1, 1000);
    manager("1", 0, 0);
    assertThat(chosen(FOUR_CORES)).isEqualTo("1");
  }
}
