package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.fabric.ProposalWriter;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import io.grpc.ManagedChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * A market on an embedded network, with people whose keys exist only here. Everybody chooses the timestamps of their
 * transactions by the market's clock, and may hold an endorsed transaction back. One connection for each organisation.
 */
final class LedgerMarket implements AutoCloseable {
    /** The function by which records are put there, where the chaincode has one. */
    static final String LOAD = "load";

    private static final String CHAINCODE = "market";

    private final EmbeddedNetwork network;
    private final Supplier<Instant> clock;
    private final Map<String, ManagedChannel> connections = new ConcurrentHashMap<>();
    private final Map<Person, SigningIdentity> identities = new ConcurrentHashMap<>();
    private final Map<Person, Gateway> gateways = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Opening<GatewayException> opening;

    private LedgerMarket(EmbeddedNetwork network, Supplier<Instant> clock) {
        this.network = network;
        this.clock = clock;
        opening = new Opening<>(this::enrol, this::submit, this::id);
    }

    /** Opens a market: its configuration is in force, nobody else is there. */
    static LedgerMarket opened(EmbeddedNetwork network, Supplier<Instant> clock) throws GatewayException {
        LedgerMarket market = joined(network, clock);
        market.opening.approve();
        return market;
    }

    /** A market on a ledger whose records are there already, or will be. */
    static LedgerMarket joined(EmbeddedNetwork network, Supplier<Instant> clock) {
        return new LedgerMarket(network, clock);
    }

    /** Somebody registered, and accredited where the role needs it. */
    Person registered(String mspId, Role role) throws GatewayException {
        return opening.accredited(mspId, role);
    }

    /** The operator of the auditor's organisation. */
    Person audit() {
        return opening.audit();
    }

    /** The platform's. */
    Person platform() {
        return opening.platform();
    }

    /** The time under which commands are sent. */
    Instant now() {
        return clock.get();
    }

    /** Puts a record where a {@link Loader} takes it. */
    void load(Person by, String key, String json) throws GatewayException, CommitException {
        channel(by).getContract(CHAINCODE).submitTransaction(LOAD, key, json);
        network.awaitLevel();
    }

    /** Somebody whom an organisation has certified. */
    Person enrol(String mspId, Role role) {
        String attribute = role.name().toLowerCase(Locale.ROOT);
        String name = attribute + "-" + numbers.incrementAndGet();
        SigningIdentity identity = network.issue(mspId, name, NodeOu.CLIENT, Map.of(Role.ATTRIBUTE, attribute));
        Person person = Person.of(identity, role);
        identities.put(person, identity);
        gateways.put(person, gateway(identity));
        return person;
    }

    private Gateway gateway(SigningIdentity identity) {
        ManagedChannel connection =
                connections.computeIfAbsent(identity.mspId(), mspId -> NetworkClient.dial(network.organization(mspId)));
        return Gateway.newInstance()
                .identity(new X509Identity(identity.mspId(), identity.certificate()))
                .hash(Hash.NONE)
                .signer(message -> P256.sign(identity.privateKey(), message))
                .connection(connection)
                .connect();
    }

    /** Their connection to the channel. */
    Network channel(Person by) {
        return Objects.requireNonNull(gateways.get(by)).getNetwork(network.channel());
    }

    /** The command on the ledger, committed on every peer. */
    void submit(Person by, Command command) throws GatewayException {
        commit(by, command);
        network.awaitLevel();
    }

    /** The command on the ledger; another organisation's peer may be a block behind. */
    void commit(Person by, Command command) throws GatewayException {
        Transaction endorsed = endorsed(by, command, clock.get());
        var status = endorsed.submitAsync().getStatus();
        if (!status.isSuccessful()) {
            throw new AssertionError(command + ": " + status.getCode());
        }
    }

    /** The command endorsed under this timestamp; it has no effect until it is submitted. */
    Transaction endorsed(Person by, Command command, Instant timestamp) throws GatewayException {
        SigningIdentity identity = Objects.requireNonNull(identities.get(by));
        ShownProposal proposal = new ProposalWriter(network.channel(), CHAINCODE)
                .write(
                        identity,
                        timestamp,
                        CommandName.of(command.getClass()),
                        List.of(new String(CanonicalJson.bytes(command), UTF_8)));
        byte[] proposed = ProposedTransaction.newBuilder()
                .setTransactionId(proposal.transactionId())
                .setProposal(SignedProposal.newBuilder().setProposalBytes(ByteString.copyFrom(proposal.bytes())))
                .build()
                .toByteArray();
        Gateway gateway = Objects.requireNonNull(gateways.get(by));
        return gateway.newSignedProposal(proposed, P256.sign(identity.privateKey(), proposal.bytes()))
                .endorse();
    }

    Consignment consignment(ConsignmentId id) throws GatewayException {
        byte[] json =
                channel(opening.audit()).getContract(CHAINCODE).evaluateTransaction("get", "consignment", id.value());
        return Json.MAPPER.readValue(json, Consignment.class);
    }

    CommandId id() {
        return new CommandId("command-" + numbers.incrementAndGet());
    }

    /** An EPCIS event of these items, another each time. */
    EpcisRecord event(String step, List<String> epcs) {
        String hash = Digest.sha256(Integer.toString(numbers.incrementAndGet()).getBytes(UTF_8))
                .hex();
        return new EpcisRecord(
                "ni:///sha-256;" + hash + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                step,
                null,
                clock.get(),
                epcs,
                null,
                null,
                Digest.ZERO);
    }

    /** An attested deposit of exactly the terms' total. */
    Evidence deposit(Terms terms) {
        return attested(Evidence.Kind.DEPOSIT, terms, Amount.ZERO, Amount.ZERO);
    }

    /** An attested payout, cumulative. */
    Evidence paid(Terms terms, Amount gross, Amount payer) {
        return attested(Evidence.Kind.PAID, terms, gross, payer);
    }

    /** An attested reclaim of all of it by who paid. */
    Evidence reclaimed(Terms terms) {
        return attested(Evidence.Kind.RECLAIM, terms, Amount.ZERO, terms.total());
    }

    private Evidence attested(Evidence.Kind kind, Terms terms, Amount gross, Amount payer) {
        Evidence.Seen seen = new Evidence.Seen(
                Bazaar.CHAIN,
                Bazaar.ESCROW,
                EscrowTypes.escrowId(terms),
                kind,
                terms.total(),
                gross,
                payer,
                Digest.ZERO,
                numbers.incrementAndGet(),
                1,
                Digest.ZERO,
                clock.get());
        return Facts.attested(seen, Bazaar.AUDIT_ATTESTER, Bazaar.MERCHANTS_ATTESTER);
    }

    @Override
    public void close() {
        List<Gateway> open = new ArrayList<>(gateways.values());
        open.forEach(Gateway::close);
        connections.values().forEach(ManagedChannel::shutdownNow);
    }
}
