package io.clearmarket.network.fabricca;

import io.clearmarket.network.FreePorts;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.Pem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against Fabric's own server, where FABRIC_BIN has {@code fabric-ca-server}; skipped where it has not. */
class FabricCaServerTest extends FabricCaContract {
    @TempDir
    static Path home;

    private static Process server;
    private static URI address;
    private static X509Certificate tlsRoot;

    @BeforeAll
    static void start() throws Exception {
        String folder = System.getenv("FABRIC_BIN");
        Path program = Path.of(folder == null ? "" : folder, "fabric-ca-server");
        Assumptions.assumeTrue(folder != null && Files.isExecutable(program), "no fabric-ca-server in FABRIC_BIN");
        int port = FreePorts.one();
        address = URI.create("https://127.0.0.1:" + port);
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "start",
                        "-n",
                        "ca-platform",
                        "-b",
                        "admin:adminpw",
                        "--address",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "--tls.enabled",
                        "--csr.hosts",
                        "127.0.0.1,localhost",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile());
        // its usual port may be another server's
        builder.environment().put("FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS", "127.0.0.1:0");
        server = builder.start();
        Path tlsCertificate = home.resolve("tls-cert.pem");
        for (int i = 0; i < 600 && !Files.exists(tlsCertificate) && server.isAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        // its CA signs its TLS certificate
        tlsRoot = Pem.certificate(Files.readString(home.resolve("ca-cert.pem")));
        awaitAnswer();
    }

    private static void awaitAnswer() throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                FabricCa.at(address, "PlatformMSP", "ca-platform", tlsRoot).chain();
                return;
            } catch (CaException notYet) {
                if (i == 300) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
    }

    @Override
    FabricCa ca() {
        return FabricCa.at(address, "PlatformMSP", "ca-platform", tlsRoot);
    }

    @Override
    FabricCa mistaken(DevelopmentCa stranger) {
        return FabricCa.at(address, "PlatformMSP", "ca-platform", stranger.certificate());
    }
}
