package io.clearmarket.network.conformance;

import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;

/** What a statement is tried with: the network, its usual clients, one chaincode library, and keys that nobody else uses. */
final class Rig {
    /** How often two transactions are submitted together until one block holds both. */
    private static final int ATTEMPTS = 20;

    private final NetworkUnderTest network;
    private final Connections connections;
    private final Variant variant;
    private final StubChaincode stub;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private static final AtomicInteger KEYS = new AtomicInteger();

    Rig(NetworkUnderTest network, Connections connections, Variant variant, StubChaincode stub) {
        this.network = network;
        this.connections = connections;
        this.variant = variant;
        this.stub = stub;
    }

    NetworkUnderTest network() {
        return network;
    }

    Variant variant() {
        return variant;
    }

    /** The chaincode's name. */
    String chaincode() {
        return variant.chaincode();
    }

    /** The chaincode that the suite itself serves, message by message. */
    StubChaincode stub() {
        return stub;
    }

    NetworkUnderTest.Organization market() {
        return network.organization(NetworkPlan.MARKET);
    }

    NetworkUnderTest.Organization audit() {
        return network.organization(NetworkPlan.AUDIT);
    }

    /** A member of MarketMSP on its own gateway: the usual client. */
    Client client() {
        return user(NetworkPlan.MARKET);
    }

    /** A member on its own organisation's gateway. */
    Client user(String mspId) {
        return clients.computeIfAbsent(mspId, id -> on(id, issue(id, CertificateRequest.of("User1", NodeOu.CLIENT))));
    }

    SigningIdentity issue(String mspId, CertificateRequest request) {
        return network.organization(mspId).ca().issue(request);
    }

    /** Any identity on an organisation's gateway. */
    Client on(String gatewayMspId, SigningIdentity identity) {
        return new Client(connections.to(gatewayMspId), identity, chaincode());
    }

    /** The usual client's identity, calling another chaincode. */
    Client calling(String chaincode) {
        return new Client(connections.to(NetworkPlan.MARKET), client().identity(), chaincode);
    }

    ManagedChannel connection(String mspId) {
        return connections.to(mspId);
    }

    /** A key that no other statement has used; keys sort in the order in which they were made. */
    String key() {
        return "s%06d".formatted(KEYS.incrementAndGet());
    }

    String submit(String function, String... arguments) throws Exception {
        return client().submit(function, arguments);
    }

    String evaluate(String function, String... arguments) throws Exception {
        return client().evaluate(function, arguments);
    }

    /** Makes endorsed transactions, anew at each attempt. */
    @FunctionalInterface
    interface Maker {
        List<Transaction> make() throws Exception;
    }

    /**
     * Submits transactions one right after the other until a block holds them all in this order.
     *
     * @return their statuses
     */
    List<Status> sameBlock(Maker maker) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Status> statuses = submitAll(maker.make());
            if (statuses.stream().map(Status::getBlockNumber).distinct().count() == 1) {
                return statuses;
            }
        }
        throw new IllegalStateException("no block took all transactions in " + ATTEMPTS + " attempts");
    }

    static List<Status> submitAll(List<Transaction> transactions) throws Exception {
        List<SubmittedTransaction> submitted = new java.util.ArrayList<>();
        for (Transaction transaction : transactions) {
            submitted.add(transaction.submitAsync());
        }
        List<Status> statuses = new java.util.ArrayList<>();
        for (SubmittedTransaction each : submitted) {
            statuses.add(each.getStatus());
        }
        return statuses;
    }

    /** Calls until both peers have a warm chaincode: the first calls may take longer than a short execute timeout. */
    void warmUp() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                client().endorse("put", key(), "warm");
                return;
            } catch (org.hyperledger.fabric.client.EndorseException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Returns when the other organisation's peer has what the usual client's has. */
    void awaitSame() throws Exception {
        long height = client().height();
        for (int attempt = 0; user(NetworkPlan.AUDIT).height() < height; attempt++) {
            if (attempt > 1500) {
                throw new IllegalStateException("the peer of AuditMSP stays below height " + height);
            }
            Thread.sleep(20);
        }
    }

    /** The committed transaction, from the usual client's peer. */
    TransactionView committed(Status status) throws Exception {
        for (TransactionView view : TransactionView.of(client().block(status.getBlockNumber()))) {
            if (view.channel().getTxId().equals(status.getTransactionId())) {
                return view;
            }
        }
        throw new Difference("block " + status.getBlockNumber() + " does not hold " + status.getTransactionId());
    }

    void close() {
        clients.values().forEach(Client::close);
        clients.clear();
    }
}
