package fonio.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate and key of one run: who has the file belongs to the run, and trusts nobody else.
 *
 * <p>Both sides show the same certificate and accept only that one, by TLS 1.3.
 */
public final class TlsIdentity {
  private static final String PROTOCOL = "TLSv1.3";
  private static final String STORE = "PKCS12";

  /** Stretching is for passwords that can be guessed; this one is a token of 128 random bits. */
  private static final String ITERATIONS = "-J-Dkeystore.pkcs12.";

  private static final int VALID_DAYS = 3650;
  private static final long MOST_SECONDS = 60;
  private static final long POLL_NANOS = 20_000_000;

  private final SSLContext context;

  private TlsIdentity(SSLContext context) {
    this.context = context;
  }

  /**
   * Makes a key and a certificate for it, in a file that only its owner can read; takes about a
   * second. A thread that is interrupted meanwhile leaves neither file nor process.
   *
   * @param password of at least 6 characters, which whoever loads the file must know
   */
  public static void create(Path file, String password) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                tool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                ITERATIONS + "keyPbeIterationCount=1",
                ITERATIONS + "certPbeIterationCount=1",
                ITERATIONS + "macIterationCount=1",
                "-genkeypair",
                "-alias",
                "fonio",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(VALID_DAYS),
                "-dname",
                "CN=fonio",
                "-storetype",
                STORE,
                "-keystore",
                draft.toString(),
                "-storepass:env",
                "FONIO_STOREPASS"));
    builder.environment().put("FONIO_STOREPASS", password);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!ended(process, draft) || process.exitValue() != 0) {
      process.destroyForcibly();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      throw new IOException(
          "no key for TLS can be made by " + tool + ": " + said + "; use encrypted=False");
    }
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean ended(Process process, Path draft) throws IOException {
    try {
      return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly().onExit().join();
      Files.deleteIfExists(draft);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads what {@link #create} makes on another node, once it is there. */
  public static TlsIdentity await(Path file, String password, Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!Files.exists(file) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    if (!Files.exists(file)) {
      throw new IOException(
          "the certificate of the run is not there: %s; give the file tls.p12 of the run's folder, or let this node see it"
              .formatted(file));
    }
    return load(file, password);
  }

  /** Reads what {@link #create} made. */
  public static TlsIdentity load(Path file, String password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(STORE);
      store.load(in, password.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password.toCharArray());
      KeyStore trusted = KeyStore.getInstance(STORE);
      trusted.load(null, null);
      trusted.setCertificateEntry("fonio", store.getCertificate("fonio"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return new TlsIdentity(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(
          "%s is not the certificate of the run, or its token another's (%s); give the file tls.p12 of the run's folder"
              .formatted(file, e),
          e);
    }
  }

  /** The side that accepts a connection. */
  public SSLEngine server() {
    SSLEngine engine = engine(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** The side that connects. */
  public SSLEngine client() {
    return engine(true);
  }

  private SSLEngine engine(boolean client) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(client);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    return engine;
  }
}
