package fonio.transport;

import java.io.IOException;
import java.nio.file.Path;

class SocketLinkTest extends LinkContract {
  @Override
  LinkPair connect(Path folder) throws IOException {
    return LinkPair.ofSockets(folder);
  }
}
