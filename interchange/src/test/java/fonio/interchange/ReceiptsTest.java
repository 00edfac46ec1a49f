package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.TcpLink;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private final Roster roster = new Roster();
  private final Peer a = Peers.add(roster, "a", "", 1);
  private final Peer b = Peers.add(roster, "b", "", 1);
  private final List<String> said = new ArrayList<>();
  private long mark;
  private long reached;
  private final Receipts receipts =
      new Receipts(
          new Safekeeping() {
            @Override
            public long mark() {
              return mark;
            }

            @Override
            public long reached() {
              return reached;
            }
          },
          (peer, frames) -> said.add(peer.info.name() + " " + frames));

  private void expect(String... lines) {
    assertThat(said).containsExactly(lines);
    said.clear();
  }

  @Test
  void whatIsSafeIsAcknowledgedAtOnce() {
    receipts.received(a, 3);
    expect("a 3");
    assertThat(receipts.turn()).isZero();
    expect();
  }

  @Test
  void whatIsNotSafeIsAcknowledgedWhenItIs() {
    mark = 1;
    receipts.received(a, 1);
    mark = 2;
    receipts.received(b, 2);
    receipts.turn();
    expect();
    reached = 1;
    assertThat(receipts.turn()).isEqualTo(1);
    expect("a 1");
    reached = 5;
    receipts.turn();
    expect("b 2");
    receipts.received(a, 4);
    expect("a 4");
  }

  @Test
  void aManagerThatIsGoneOrCameBackIsOwedNothing() throws IOException {
    mark = 1;
    receipts.received(a, 1);
    receipts.received(b, 1);
    a.gone = true;
    b.link = TcpLink.clear(SocketChannel.open());
    receipts.received(b, 2);
    reached = 1;
    assertThat(receipts.turn()).isEqualTo(1);
    expect("b 2");
  }
}
