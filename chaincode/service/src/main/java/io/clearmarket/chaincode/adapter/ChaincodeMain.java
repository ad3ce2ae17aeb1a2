package io.clearmarket.chaincode.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;

/**
 * Runs the chaincode as a service: one server per address, each for one peer. Peers must not share a server, since the shim
 * keeps one connection state for all its streams.
 *
 * <p>Environment: {@code CHAINCODE_SERVERS} host:port,host:port,...; {@code CHAINCODE_ID} the package id; with
 * {@code CHAINCODE_PARENT_STDIN=1} it ends when its standard input does, so that it never outlives who started it.
 */
public final class ChaincodeMain {
    private static final int WRONG_USAGE = 2;

    private ChaincodeMain() {}

    /** Prints one line once every server listens. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> env = System.getenv();
        String servers = env.getOrDefault("CHAINCODE_SERVERS", "");
        String packageId = env.getOrDefault("CHAINCODE_ID", "");
        if (servers.isEmpty() || packageId.isEmpty()) {
            System.err.println("CHAINCODE_SERVERS (host:port,...) and CHAINCODE_ID (the package id) must be set");
            System.exit(WRONG_USAGE);
        }
        MarketService.logShim(Level.parse(
                env.getOrDefault("CORE_CHAINCODE_LOGGING_SHIM", "WARNING").toUpperCase(Locale.ROOT)));
        List<PeerServer> running = new ArrayList<>();
        for (String address : servers.split(",", -1)) {
            running.add(start(packageId, address.strip()));
        }
        System.out.println("chaincode " + packageId + " listens on " + servers);
        if ("1".equals(env.get("CHAINCODE_PARENT_STDIN"))) {
            endWith(System.in);
        }
        for (PeerServer server : running) {
            server.awaitEnd();
        }
    }

    private static PeerServer start(String packageId, String address) throws IOException {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            System.err.println("CHAINCODE_SERVERS holds \"" + address + "\"; an address is host:port");
            System.exit(WRONG_USAGE);
        }
        return PeerServer.start(
                new MarketService(packageId),
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    private static void endWith(InputStream parent) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                parent.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // as good as its end
            }
            System.exit(0);
        });
    }
}
