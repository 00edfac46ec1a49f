package fonio.transport;

import java.io.IOException;
import java.nio.file.Path;

class TcpLinkTest extends LinkContract {
  @Override
  LinkPair connect(Path folder) throws IOException {
    return LinkPair.ofTcp(TcpLink::clear, TcpLink::clear);
  }
}
