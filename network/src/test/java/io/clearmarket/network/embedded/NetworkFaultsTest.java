package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.faults.Relay;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the unmodified client sees of each fault, and that all is well afterwards. */
@Timeout(180)
class NetworkFaultsTest {
    private static final String PLATFORM = "PlatformMSP";
    private static final String MERCHANTS = "MerchantsMSP";
    private static final String AUDIT = "AuditMSP";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private final NetworkFaults faults = NETWORK.network().faults();
    private final Contract rig = NETWORK.client(PLATFORM, "user").contract("rig");
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void all_is_well_again() throws Exception {
        faults.clear();
        faults.startOrderer();
        for (String mspId : NETWORK.network().config().mspIds()) {
            faults.startPeer(mspId);
        }
        NETWORK.network().awaitLevel();
        rig.submitTransaction("put", key, "well");
    }

    @Test
    void without_one_of_three_peers_the_other_two_go_on_and_it_catches_up() throws Exception {
        faults.stopPeer(MERCHANTS);
        rig.submitTransaction("put", key, "while it was away");

        faults.startPeer(MERCHANTS);

        Contract there = NETWORK.client(MERCHANTS, "seller").contract("rig");
        NETWORK.network().awaitLevel();
        assertThat(there.evaluateTransaction("get", key)).asString().isEqualTo("while it was away");
    }

    @Test
    void without_the_peer_that_the_policy_wants_nothing_is_endorsed() {
        faults.stopPeer(AUDIT);

        EndorseException refused =
                catchThrowableOfType(EndorseException.class, () -> rig.submitTransaction("put", key, "x"));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refused.getStatus().getDescription())
                .startsWith("no combination of peers can be derived which satisfy the endorsement policy");
    }

    @Test
    void without_the_gateways_own_peer_the_client_is_unavailable_until_it_is_back_at_the_same_address()
            throws Exception {
        faults.stopPeer(PLATFORM);
        assertThatThrownBy(() -> rig.evaluateTransaction("get", key))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        gone -> assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));

        faults.startPeer(PLATFORM);
        await(() -> evaluates(rig));
    }

    @Test
    void without_the_orderer_submitting_fails_and_names_it_and_the_same_transaction_goes_through_later()
            throws Exception {
        Transaction endorsed =
                rig.newProposal("put").addArguments(key, "x").build().endorse();
        faults.stopOrderer();

        SubmitException refused = catchThrowableOfType(SubmitException.class, endorsed::submitAsync);

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused.getDetails()).singleElement().satisfies(detail -> {
            assertThat(detail.getAddress()).isEqualTo(NETWORK.network().ordererAddress());
            assertThat(detail.getMspId()).isEqualTo("OrdererMSP");
        });
        assertThat(rig.evaluateTransaction("get", key)).isEmpty();
        faults.startOrderer();
        assertThat(endorsed.submitAsync().getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    }

    @Test
    void a_dropped_commit_status_is_a_deadline_though_the_transaction_counts() throws Exception {
        faults.dropCommitStatus(PLATFORM, 1);
        SubmittedTransaction submitted =
                rig.newProposal("put").addArguments(key, "x").build().endorse().submitAsync();

        CommitStatusException unknown = catchThrowableOfType(
                CommitStatusException.class,
                () -> submitted.getStatus(options -> options.withDeadlineAfter(1, TimeUnit.SECONDS)));

        assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        faults.clear();
        assertThat(submitted.getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    }

    @Test
    void a_late_commit_status_comes() throws Exception {
        faults.delayCommitStatus(PLATFORM, 1, Duration.ofMillis(500));
        SubmittedTransaction submitted =
                rig.newProposal("put").addArguments(key, "x").build().endorse().submitAsync();
        assertThat(submitted.getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    }

    @Test
    void the_seed_says_which_commit_statuses_are_late_and_by_how_much() {
        List<List<Duration>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            PeerFaults peer = new PeerFaults();
            peer.seed(42);
            peer.delayCommitStatus(0.5, Duration.ofSeconds(1));
            runs.add(Stream.generate(peer::commitStatusDelay).limit(20).toList());
        }
        assertThat(runs.get(0)).contains(Duration.ZERO).isEqualTo(runs.get(1));
        assertThat(Set.copyOf(runs.get(0))).hasSizeGreaterThan(5);
    }

    @Test
    void a_peer_without_blocks_answers_from_its_old_state_and_hears_of_them_later() throws Exception {
        Contract audit = NETWORK.client(AUDIT, "auditor").contract("rig");
        rig.submitTransaction("put", key, "old");
        NETWORK.network().awaitLevel();
        try (CloseableIterator<ChaincodeEvent> events = NETWORK.client(AUDIT, "auditor")
                .network()
                .newChaincodeEventsRequest("rig")
                .startBlock(NETWORK.network().height(AUDIT))
                .build()
                .getEvents()) {
            faults.stallBlocks(AUDIT);
            // its endorsement is not wanted: it would be made at another height than the other
            rig.newProposal("events")
                    .addArguments("happened")
                    .setEndorsingOrganizations(PLATFORM)
                    .build()
                    .endorse()
                    .submitAsync()
                    .getStatus();
            long behind = NETWORK.network().height(AUDIT);
            assertThat(behind).isLessThan(NETWORK.network().height(PLATFORM));
            assertThat(audit.evaluateTransaction("get", key)).asString().isEqualTo("old");

            faults.resumeBlocks(AUDIT);
            rig.submitTransaction("events", "at last");
            assertThat(events.next().getEventName()).isEqualTo("at last");
        }
    }

    @Test
    void a_rival_makes_a_transaction_end_in_a_conflict() throws Exception {
        rig.submitTransaction("put", key, "1");
        // two endorse each, and both must have read the same
        NETWORK.network().awaitLevel();
        Contract rival = NETWORK.client(MERCHANTS, "rival").contract("rig");
        faults.beforeNextOrdered(() -> commit(rival, "add", key, "10"));

        CommitException conflict =
                catchThrowableOfType(CommitException.class, () -> rig.submitTransaction("add", key, "1"));

        assertThat(conflict.getCode()).isEqualTo(TxValidationCode.MVCC_READ_CONFLICT);
        assertThat(rig.evaluateTransaction("get", key)).asString().isEqualTo("11");
    }

    @Test
    void an_organisation_whose_endorsements_differ_is_named_and_done_without() throws Exception {
        faults.differInEndorsements(AUDIT);
        EndorseException refused =
                catchThrowableOfType(EndorseException.class, () -> rig.submitTransaction("put", key, "x"));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(refused.getDetails()).anySatisfy(detail -> {
            assertThat(detail.getMspId()).isEqualTo(AUDIT);
            assertThat(detail.getMessage()).isEqualTo("ProposalResponsePayloads do not match");
        });

        faults.clear();
        faults.differInEndorsements(MERCHANTS);
        rig.submitTransaction("put", key, "by the other two");
    }

    @Test
    void a_connection_cut_mid_stream_ends_the_stream_and_a_new_one_goes_on_where_it_was() throws Exception {
        Organization platform = NETWORK.network().organization(PLATFORM);
        Relay relay = faults.relay(PLATFORM);
        Organization through = new Organization(
                platform.mspId(),
                relay.address(),
                platform.tlsCaCertificate(),
                platform.tlsCaFile(),
                platform.mspDirectory());
        try (NetworkClient client = NetworkClient.connect(
                through,
                NETWORK.network().channel(),
                NETWORK.network().issue(PLATFORM, "cut", NodeOu.CLIENT, Map.of()))) {
            long height = NETWORK.network().height(PLATFORM);
            CloseableIterator<ChaincodeEvent> events = client.network()
                    .newChaincodeEventsRequest("rig")
                    .startBlock(height)
                    .build()
                    .getEvents();
            rig.submitTransaction("events", "before");
            ChaincodeEvent before = events.next();

            relay.cut();

            assertThatThrownBy(events::hasNext)
                    .isInstanceOfSatisfying(
                            GatewayRuntimeException.class,
                            cut -> assertThat(cut.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
            rig.submitTransaction("events", "meanwhile");
            try (CloseableIterator<ChaincodeEvent> again = client.network()
                    .newChaincodeEventsRequest("rig")
                    .startBlock(before.getBlockNumber() + 1)
                    .build()
                    .getEvents()) {
                assertThat(again.next().getEventName()).isEqualTo("meanwhile");
            }
        }
    }

    @Test
    void a_peer_whose_disk_is_full_stops_committing_and_recovers_when_there_is_room() throws Exception {
        faults.fillDisk(MERCHANTS, 5_000);
        for (int i = 0; i < 3; i++) {
            rig.submitTransaction("put", key, "x".repeat(3000) + i);
        }
        long stuck = NETWORK.network().height(MERCHANTS);
        assertThat(stuck).isLessThan(NETWORK.network().height(PLATFORM));

        faults.clear();
        faults.stopPeer(MERCHANTS);
        faults.startPeer(MERCHANTS);

        NETWORK.network().awaitLevel();
    }

    private static void commit(Contract contract, String function, String... arguments) {
        try {
            contract.submitTransaction(function, arguments);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean evaluates(Contract contract) {
        try {
            contract.evaluateTransaction("get", key);
            return true;
        } catch (GatewayException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
