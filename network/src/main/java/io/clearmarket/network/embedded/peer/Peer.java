package io.clearmarket.network.embedded.peer;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PrivateDataLedger.SetId;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeSupport;
import io.clearmarket.network.embedded.peer.deliver.DeliverService;
import io.clearmarket.network.embedded.peer.discovery.ChannelDiscovery;
import io.clearmarket.network.embedded.peer.discovery.SelfDescription;
import io.clearmarket.network.embedded.peer.endorser.Endorser;
import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.clearmarket.network.embedded.peer.gateway.EndorserDirectory;
import io.clearmarket.network.embedded.peer.gateway.EndorserNode;
import io.clearmarket.network.embedded.peer.gateway.GatewayService;
import io.clearmarket.network.embedded.peer.privatedata.Dissemination;
import io.clearmarket.network.embedded.peer.privatedata.PrivateDataExchange;
import io.clearmarket.network.embedded.peer.privatedata.PrivateDataPeer;
import io.clearmarket.network.embedded.peer.system.OwnApprovals;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jspecify.annotations.Nullable;

/**
 * A peer on one channel: owns its ledger there, commits what the orderer cuts, endorses by itself. What its channels share is
 * its {@link PeerHost}.
 */
public final class Peer implements EndorserNode, PrivateDataPeer, AutoCloseable {
    /** Fabric waits a minute between searches for missing private data; here a test waits for it. */
    private static final Duration RECONCILE_PAUSE = Duration.ofSeconds(1);

    /** Everything that differs between two peers of a network, or two channels of a peer. */
    public record Settings(
            SigningIdentity identity, PeerLedger ledger, List<ChaincodeServer> chaincodes, PeerFaults faults) {}

    private final PeerHost host;
    private final String mspId;
    private final PeerLedger ledger;
    private final OrdererNode orderer;
    private final PeerFaults faults;
    private final CommitTracker commits;
    private final ChaincodeSupport chaincodes;
    private final ByteString identity;
    private final Dissemination dissemination;
    private final PrivateDataExchange privateData;
    private final Endorser endorser;
    private final BlockPuller puller;
    private final DeliverService deliver;
    private final SelfDescription self;
    private @Nullable GatewayService gateway;
    private @Nullable ChannelDiscovery discovery;

    /** To be given to the host by {@link PeerHost#add}. */
    public Peer(Settings settings, PeerHost host, OrdererNode orderer) {
        this.host = host;
        this.faults = settings.faults();
        this.mspId = settings.identity().mspId();
        this.ledger = settings.ledger();
        this.orderer = orderer;
        this.commits = new CommitTracker(ledger);
        this.chaincodes = new ChaincodeSupport(
                ledger,
                new OwnApprovals(ledger, mspId),
                settings.chaincodes(),
                host.launchers(),
                channel -> host.find(channel).map(peer -> peer.chaincodes));
        SystemChaincodes system = new SystemChaincodes(ledger, mspId, chaincodes::packageIds, host::channels);
        this.identity = settings.identity().serialized();
        this.dissemination = new Dissemination(ledger, mspId);
        this.privateData = new PrivateDataExchange(ledger, identity, RECONCILE_PAUSE);
        this.endorser = new Endorser(ledger, chaincodes, system, dissemination, settings.identity(), faults);
        this.self = new SelfDescription(settings.identity(), ledger);
        this.deliver = new DeliverService(ledger, commits);
        this.puller = new BlockPuller(mspId, orderer, ledger, faults);
    }

    /** Makes its gateway, which knows the channel's other peers in the order in which this one prefers them. */
    public <N extends EndorserNode & PrivateDataPeer> void join(List<N> others) {
        List<EndorserNode> nodes = new ArrayList<>();
        nodes.add(this);
        others.forEach(other -> nodes.add(new RemoteEndorser(other)));
        EndorserDirectory directory = new EndorserDirectory(ledger.channel(), nodes);
        dissemination.join(List.copyOf(others));
        privateData.join(List.copyOf(others));
        this.gateway = new GatewayService(ledger, commits, directory, orderer, faults);
        this.discovery = new ChannelDiscovery(ledger, directory, orderer);
    }

    /** What each block stream of this channel is served by. */
    DeliverService deliver() {
        return deliver;
    }

    /** This organisation's gateway. */
    public GatewayService gateway() {
        return Objects.requireNonNull(gateway, "the peer has not joined the others");
    }

    /** What it tells of the channel. */
    ChannelDiscovery discovery() {
        return Objects.requireNonNull(discovery, "the peer has not joined the others");
    }

    @Override
    public String mspId() {
        return mspId;
    }

    /** {@code host:port}; empty before the server runs. */
    @Override
    public String address() {
        return host.address();
    }

    @Override
    public boolean has(String chaincode) {
        return endorser.has(chaincode);
    }

    @Override
    public Optional<org.hyperledger.fabric.protos.discovery.Peer> description() {
        List<String> running = ledger.chaincodes().stream().filter(this::has).toList();
        return Optional.of(self.at(address(), running));
    }

    @Override
    public Outcome process(SignedProposal proposal) {
        return endorser.process(proposal);
    }

    @Override
    public ByteString identity() {
        return identity;
    }

    @Override
    public void takeOver(String transactionId, TxPvtReadWriteSet plaintext) {
        ledger.privateData().keep(transactionId, plaintext);
    }

    @Override
    public Optional<ByteString> give(SetId id, ByteString asker) {
        return privateData.give(id, asker);
    }

    /** Makes a chaincode package known to this peer. */
    public void install(ChaincodeServer chaincode) {
        chaincodes.install(chaincode);
    }

    public PeerLedger ledger() {
        return ledger;
    }

    public CommitTracker commits() {
        return commits;
    }

    /** Ends streams, stops committing, closes the ledger. */
    @Override
    public void close() {
        commits.close();
        chaincodes.close();
        privateData.close();
        puller.close();
        ledger.close();
    }
}
