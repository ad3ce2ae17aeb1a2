package io.clearmarket.network.embedded.hostile;

import io.clearmarket.wallet.identity.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connections to a node of which nothing comes: some not even a TLS hello, some a whole handshake and then no HTTP/2. */
final class SilentClients implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    static SilentClients connect(int port, X509Certificate tlsRoot, int beforeTls, int afterTls) throws Exception {
        SilentClients clients = new SilentClients();
        SSLContext context = TlsTrust.context(tlsRoot);
        for (int i = 0; i < beforeTls; i++) {
            clients.sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        for (int i = 0; i < afterTls; i++) {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            clients.sockets.add(socket);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
        return clients;
    }

    /** How many the node has not hung up on within so many milliseconds. */
    int remaining(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        return (int) sockets.stream()
                .filter(socket -> isOpen(socket, (int) Math.max(1, (end - System.nanoTime()) / 1_000_000)))
                .count();
    }

    /** Reads what the node sends of its own accord, until it ends the connection. */
    private static boolean isOpen(Socket socket, int millis) {
        try {
            socket.setSoTimeout(millis);
            while (socket.getInputStream().read() != -1) {
                // its HTTP/2 settings
            }
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
