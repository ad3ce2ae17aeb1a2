package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.peer.chaincode.ChaincodeLaunchers;
import io.clearmarket.network.embedded.peer.chaincode.HostedChaincodes;
import io.clearmarket.network.embedded.peer.discovery.ChannelDiscovery;
import io.clearmarket.network.embedded.peer.discovery.DiscoveryService;
import io.clearmarket.network.embedded.server.ConcurrencyLimit;
import io.clearmarket.network.embedded.server.NodeServer;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A running peer: what it is on each channel, and the one address and the chaincode streams that they share. */
public final class PeerHost implements AutoCloseable {
    private final ChaincodeLaunchers launchers;
    private final PeerLimits limits;
    private final Map<String, Peer> byChannel = new LinkedHashMap<>();
    private @Nullable NodeServer server;

    /**
     * @param hosted chaincodes of this JVM
     * @param executeTimeout how long a chaincode may take
     * @param limits how many calls are open at a time
     */
    public PeerHost(HostedChaincodes hosted, Duration executeTimeout, PeerLimits limits) {
        this.limits = limits;
        this.launchers = new ChaincodeLaunchers(hosted, executeTimeout);
    }

    /** Has it take part in a channel; before its doors open. */
    public void add(Peer peer) {
        byChannel.put(peer.ledger().channel(), peer);
    }

    ChaincodeLaunchers launchers() {
        return launchers;
    }

    /** Channels by name, in the order in which it joined. */
    List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    /** On each channel, in the same order. */
    public Collection<Peer> peers() {
        return byChannel.values();
    }

    /** On the channel of this name. */
    public Optional<Peer> find(String channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    /** The services behind the peer's address; each call goes to the channel that it names. */
    public List<BindableService> services() {
        ChannelSwitch channels = new ChannelSwitch(byChannel);
        Map<String, ChannelDiscovery> discovery = new LinkedHashMap<>();
        byChannel.forEach((name, peer) -> discovery.put(name, peer.discovery()));
        return List.of(
                ConcurrencyLimit.limited(new GatewayDoor(channels), limits.gateway()),
                ConcurrencyLimit.limited(new DeliverDoor(channels), limits.deliver()),
                ConcurrencyLimit.limited(new EndorserService(channels), limits.endorser()),
                new DiscoveryService(discovery));
    }

    /** Hands over the running server, which gives the peer its address; it is closed with the peer. */
    public void serveOn(NodeServer running) {
        this.server = running;
    }

    /** {@code host:port}; empty before the server runs. */
    public String address() {
        return server == null ? "" : server.address();
    }

    /** Closes the doors, then everything behind them. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        byChannel.values().forEach(Peer::close);
        launchers.close();
    }
}
