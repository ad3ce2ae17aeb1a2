package io.clearmarket.network.embedded.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay in front of a node: a client that dials it can lose its connection at any byte. */
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 1 << 14;

    private final InetSocketAddress target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(InetSocketAddress target, ServerSocket door) {
        this.target = target;
        this.door = door;
    }

    /** Listens on a free port of the loopback and passes everything on to {@code host:port}. */
    public static Relay to(String address) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress target =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        try {
            Relay relay = new Relay(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("relay").start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("no relay to " + address, e);
        }
    }

    /** {@code host:port} to dial instead of the node. */
    public String address() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    /** Resets every connection, as a network that breaks does; new ones are accepted. */
    public void cut() {
        for (Socket socket : open) {
            try {
                // a reset instead of an orderly end
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // then there is nothing to cut
            }
            closeQuietly(socket);
        }
    }

    /** Connections that are open, each counted on both sides. */
    public int openSockets() {
        return open.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException refusedOrClosed) {
                // the client sees a connection that ends; a closed door ends the loop
            }
        }
    }

    private void join(Socket client) throws IOException {
        open.add(client);
        Socket node = new Socket();
        open.add(node);
        try {
            node.connect(target);
        } catch (IOException e) {
            closeQuietly(client);
            closeQuietly(node);
            throw e;
        }
        Thread.ofVirtual().name("relay-to").start(() -> pass(client, node));
        Thread.ofVirtual().name("relay-from").start(() -> pass(node, client));
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException cut) {
            // both sides end
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void closeQuietly(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // as wanted
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException gone) {
            // as wanted
        }
        cut();
    }
}
