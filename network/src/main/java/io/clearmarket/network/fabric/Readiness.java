package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.NodePlan.Node;
import io.clearmarket.network.fabric.client.Discovery;
import io.clearmarket.network.fabric.client.PeerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for nodes, and says of one that does not come what its log tells. */
final class Readiness {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final int OK = 200;
    private static final int PROBE_MILLIS = 2000;
    private static final long PAUSE_MILLIS = 100;

    private final NodeRunner runner;
    private final NodePlan plan;
    private final Duration patience;

    Readiness(NodeRunner runner, NodePlan plan, Duration patience) {
        this.runner = runner;
        this.plan = plan;
        this.patience = patience;
    }

    /** Until the node's own health check is content and it takes calls: health comes first. */
    void awaitHealthy(Node node) {
        await(
                () -> {
                    runner.requireAlive(node);
                    return healthy(node) && listens(node.port());
                },
                () -> node.id() + " is not healthy after " + patience.toSeconds() + " s; " + runner.telling(node));
    }

    private static boolean healthy(Node node) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.operations() + "/healthz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while waiting for " + node.id(), e);
        }
    }

    /** Until an orderer's administration takes calls: it comes after all else. */
    void awaitAdministration(Node orderer) {
        await(
                () -> {
                    runner.requireAlive(orderer);
                    return listens(orderer.secondPort());
                },
                () -> "the administration of " + orderer.id() + " does not listen after " + patience.toSeconds()
                        + " s; " + runner.telling(orderer));
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Until every peer knows every peer of the channel.
     *
     * @param chaincode {@code name:sequence} that each of them must be able to run; empty for none
     */
    void awaitMembers(String channel, Collection<PeerClient> peers, String chaincode) {
        for (PeerClient peer : peers) {
            await(
                    () -> {
                        plan.peers().forEach(runner::requireAlive);
                        return Discovery.peers(peer, channel).stream()
                                        .filter(known -> chaincode.isEmpty()
                                                || known.chaincodes().contains(chaincode))
                                        .count()
                                == plan.peers().size();
                    },
                    () -> "the peer of " + peer.mspId() + " at " + peer.address() + " knows after "
                            + patience.toSeconds() + " s only of " + Discovery.peers(peer, channel)
                            + (chaincode.isEmpty() ? "" : ", where " + chaincode + " is wanted") + "; "
                            + runner.telling(nodeAt(peer)));
        }
    }

    /** Until one of the orderers leads the channel. */
    void awaitLeader(String channel) {
        awaitLeader(channel, 1);
    }

    /** Until one of the orderers leads the channel and knows of so many that are active, itself among them; that one. */
    Node awaitLeader(String channel, int active) {
        String leads = "consensus_etcdraft_is_leader{channel=\"" + channel + "\"} 1";
        String reached = "consensus_etcdraft_active_nodes{channel=\"" + channel + "\"} ";
        AtomicReference<Node> leader = new AtomicReference<>();
        await(
                () -> plan.orderers().stream().anyMatch(node -> {
                    List<String> metrics = metrics(node).lines().toList();
                    leader.set(node);
                    return metrics.contains(leads)
                            && metrics.stream()
                                    .anyMatch(line -> line.startsWith(reached)
                                            && Integer.parseInt(line.substring(reached.length())) >= active);
                }),
                () -> "the orderers of channel " + channel + " have no leader "
                        + (active == 1 ? "" : "that reaches " + active + " of them ") + "after "
                        + patience.toSeconds() + " s; "
                        + runner.telling(plan.orderers().getFirst()));
        return leader.get();
    }

    /** Until an orderer takes part in the channel's consensus: one whose certificate is not the channel's only follows. */
    void awaitConsenter(Node orderer, String channel) {
        String takesPart = "participation_consensus_relation{channel=\"" + channel + "\"} 1";
        await(
                () -> metrics(orderer).lines().anyMatch(takesPart::equals),
                () -> orderer.id() + " takes no part in ordering channel " + channel + " after " + patience.toSeconds()
                        + " s; " + runner.telling(orderer));
    }

    private static String metrics(Node node) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.operations() + "/metrics"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while asking " + node.id(), e);
        }
    }

    /** Until a peer follows a configuration of a channel, or a later one. */
    void awaitConfiguration(PeerClient peer, String channel, long sequence) {
        await(
                () -> peer.configuration(channel).getSequence() >= sequence,
                () -> "the peer of " + peer.mspId() + " at " + peer.address() + " does not follow configuration "
                        + sequence + " of " + channel + " after " + patience.toSeconds() + " s; "
                        + runner.telling(nodeAt(peer)));
    }

    /** Until a peer's gateway has found an orderer. */
    void awaitOrderer(PeerClient peer, String channel) {
        await(
                () -> peer.reachesOrderer(channel),
                () -> "the peer of " + peer.mspId() + " at " + peer.address() + " reaches no orderer after "
                        + patience.toSeconds() + " s; " + runner.telling(nodeAt(peer)));
    }

    private Node nodeAt(PeerClient peer) {
        return plan.peers().stream()
                .filter(node -> node.address().equals(peer.address()))
                .findFirst()
                .orElseThrow();
    }

    private void await(BooleanSupplier ready, Supplier<String> complaint) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new NetworkException(complaint.get());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NetworkException("interrupted while waiting", e);
            }
        }
    }
}
