package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatewayErrorsTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(builder -> builder.executeTimeout(Duration.ofSeconds(6)));

    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");

    @Test
    void a_refusal_by_the_chaincode_reaches_evaluate_as_unknown_without_its_payload() {
        GatewayException e = failure(GatewayException.class, () -> rig.evaluateTransaction("fail", "500", "boom"));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(e.getStatus().getDescription())
                .isEqualTo("evaluate call to endorser returned error: chaincode response 500, boom");
        assertThat(e.getDetails()).singleElement().satisfies(detail -> {
            assertThat(detail.getMspId()).isEqualTo("PlatformMSP");
            assertThat(detail.getAddress())
                    .isEqualTo(NETWORK.network().organization("PlatformMSP").peerAddress());
            assertThat(detail.getMessage()).isEqualTo("chaincode response 500, boom");
        });
        assertThat(e.toString()).doesNotContain("hidden payload");
    }

    @Test
    void a_refusal_by_the_chaincode_reaches_endorse_only_in_the_details() {
        EndorseException e = failure(EndorseException.class, () -> rig.submitTransaction("fail", "500", "boom"));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(e.getStatus().getDescription())
                .isEqualTo("failed to endorse transaction, see attached details for more info");
        assertThat(e.getDetails()).extracting(ErrorDetail::getMessage).containsExactly("chaincode response 500, boom");
    }

    @Test
    void an_exception_in_a_plain_chaincode_aborts_evaluate_after_every_peer_was_asked() {
        GatewayException e = failure(GatewayException.class, () -> rig.evaluateTransaction("throw", "bang"));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(e.getDetails())
                .hasSize(3)
                .allSatisfy(detail -> assertThat(detail.getMessage())
                        .contains("transaction returned with failure")
                        .contains("bang"));
    }

    @Test
    void status_400_is_an_error_for_evaluate_and_for_endorse() {
        assertThat(failure(GatewayException.class, () -> rig.evaluateTransaction("fail", "400", "no"))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNKNOWN);
        EndorseException e = failure(EndorseException.class, () -> rig.submitTransaction("fail", "400", "no"));
        assertThat(e.getDetails()).extracting(ErrorDetail::getMessage).containsExactly("chaincode response 400, no");
    }

    @Test
    void an_unknown_channel_is_unavailable_to_evaluate_and_a_failed_precondition_to_endorse() {
        Contract elsewhere = NETWORK.client("PlatformMSP", "user")
                .gateway()
                .getNetwork("nochannel")
                .getContract("rig");

        GatewayException evaluate = failure(GatewayException.class, () -> elsewhere.evaluateTransaction("get", "a"));
        assertThat(evaluate.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(evaluate.getStatus().getDescription())
                .isEqualTo(
                        "failed to get config for channel [nochannel]: could not get last config for channel nochannel");
        EndorseException endorse = failure(EndorseException.class, () -> elsewhere.submitTransaction("get", "a"));
        assertThat(endorse.getStatus().getDescription())
                .isEqualTo(
                        "no combination of peers can be derived which satisfy the endorsement policy: No metadata was"
                                + " found for chaincode rig in channel nochannel");
    }

    @Test
    void an_unknown_chaincode_is_a_failed_precondition() {
        Contract unknown = NETWORK.client("PlatformMSP", "user").contract("nosuch");

        GatewayException e = failure(GatewayException.class, () -> unknown.evaluateTransaction("get", "a"));
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(e.getStatus().getDescription())
                .isEqualTo("no peers available to evaluate chaincode nosuch in channel market");
    }

    @Test
    void one_organisation_alone_endorses_but_does_not_commit() throws Exception {
        Transaction transaction = rig.newProposal("put")
                .addArguments("alone", "1")
                .setEndorsingOrganizations("PlatformMSP")
                .build()
                .endorse();

        CommitException e = failure(CommitException.class, transaction::submit);
        assertThat(e.getCode()).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(rig.evaluateTransaction("length", "alone")).asString().isEqualTo("0");
    }

    @Test
    void platform_and_merchants_without_audit_do_not_commit() throws Exception {
        Transaction transaction = rig.newProposal("put")
                .addArguments("cartel", "1")
                .setEndorsingOrganizations("PlatformMSP", "MerchantsMSP")
                .build()
                .endorse();

        assertThat(failure(CommitException.class, transaction::submit).getCode())
                .isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void an_organisation_without_peers_cannot_be_asked_to_endorse() {
        Proposal proposal = rig.newProposal("put")
                .addArguments("a", "1")
                .setEndorsingOrganizations("NobodyMSP")
                .build();

        EndorseException e = failure(EndorseException.class, proposal::endorse);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(e.getStatus().getDescription())
                .isEqualTo("failed to find any endorsing peers for org(s): NobodyMSP");
    }

    @Test
    void peers_that_disagree_on_result_or_message_do_not_endorse_together() {
        for (String function : List.of("random", "randomMessage")) {
            EndorseException e = failure(EndorseException.class, () -> rig.submitTransaction(function));

            assertThat(e.getStatus().getDescription())
                    .isEqualTo("failed to collect enough transaction endorsements, see attached details for more info");
            assertThat(e.getDetails()).singleElement().satisfies(detail -> {
                assertThat(detail.getMspId()).isEqualTo("AuditMSP");
                assertThat(detail.getMessage()).isEqualTo("ProposalResponsePayloads do not match");
            });
        }
    }

    @Test
    void an_envelope_with_a_wrong_signature_is_refused_by_the_orderer() throws Exception {
        Transaction endorsed =
                rig.newProposal("put").addArguments("forged", "1").build().endorse();
        Transaction forged = NETWORK.client("PlatformMSP", "user")
                .gateway()
                .newSignedTransaction(endorsed.getBytes(), new byte[] {1, 2, 3});
        long height = NETWORK.network().height("PlatformMSP");

        SubmitException e = failure(SubmitException.class, forged::submitAsync);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(e.getStatus().getDescription())
                .startsWith("received unsuccessful response from orderer: status=FORBIDDEN, info=")
                .endsWith(": permission denied");
        assertThat(NETWORK.network().height("PlatformMSP")).isEqualTo(height);
    }

    @Test
    void the_status_of_an_unknown_transaction_waits_for_the_callers_deadline() {
        Transaction never = endorsed("never");
        CommitStatusException e = failure(
                CommitStatusException.class,
                () -> NETWORK.client("PlatformMSP", "user")
                        .gateway()
                        .newCommit(commitBytes(never))
                        .getStatus(options -> options.withDeadlineAfter(300, TimeUnit.MILLISECONDS)));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void status_asked_before_and_after_the_commit_is_the_same() throws Exception {
        SubmittedTransaction submitted = endorsed("twice asked").submitAsync();
        var before = submitted.getStatus();
        var after = submitted.getStatus();

        assertThat(before.isSuccessful()).isTrue();
        assertThat(before.getBlockNumber()).isPositive().isEqualTo(after.getBlockNumber());
    }

    @Test
    void a_committed_proposal_is_neither_evaluated_nor_endorsed_again() throws Exception {
        Proposal proposal = rig.newProposal("put").addArguments("dup", "1").build();
        proposal.evaluate();
        proposal.endorse().submit();

        GatewayException e = failure(GatewayException.class, proposal::evaluate);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(e.getStatus().getDescription())
                .contains("duplicate transaction found [" + proposal.getTransactionId() + "]. Creator [");
    }

    @Test
    void transient_data_reaches_the_chaincode_and_not_the_envelope() throws Exception {
        byte[] secret = "nobody must read this".getBytes(StandardCharsets.UTF_8);
        Transaction transaction = rig.newProposal("transient")
                .addArguments("pin")
                .putAllTransient(Map.of("pin", secret))
                .build()
                .endorse();

        assertThat(transaction.getResult()).isEqualTo(secret);
        var envelope = PreparedTransaction.parseFrom(transaction.getBytes()).getEnvelope();
        assertThat(transaction.submit()).isEqualTo(secret);
        // the result repeats the value once; the transient field itself would be a second time
        String bytes = new String(envelope.toByteArray(), StandardCharsets.ISO_8859_1);
        assertThat(bytes.split("nobody must read this", -1)).hasSize(2);
    }

    @Test
    void what_evaluate_writes_is_nowhere() throws Exception {
        long height = NETWORK.network().height("PlatformMSP");

        assertThat(rig.evaluateTransaction("put", "ghost", "1")).asString().isEqualTo("1");
        assertThat(rig.evaluateTransaction("length", "ghost")).asString().isEqualTo("0");
        assertThat(NETWORK.network().height("PlatformMSP")).isEqualTo(height);
    }

    @Test
    void a_chaincode_over_its_time_is_given_up_and_the_next_call_works() throws Exception {
        EndorseException e = failure(EndorseException.class, () -> rig.submitTransaction("sleep", "9000"));

        assertThat(e.getDetails())
                .extracting(ErrorDetail::getMessage)
                .singleElement()
                .asString()
                .isEqualTo("error in simulation: failed to execute transaction " + e.getTransactionId()
                        + ": error sending: timeout expired while executing transaction");
        assertThat(rig.evaluateTransaction("length", "x")).asString().isEqualTo("0");
    }

    @Test
    void any_gateway_finds_a_set_that_satisfies_the_policy() throws Exception {
        for (String mspId : List.of("PlatformMSP", "MerchantsMSP", "AuditMSP")) {
            Contract contract = NETWORK.client(mspId, "planner").contract("rig");

            assertThat(contract.submitTransaction("put", "from" + mspId, mspId))
                    .asString()
                    .isEqualTo(mspId);
        }
    }

    private Transaction endorsed(String key) {
        try {
            return rig.newProposal("put").addArguments(key, "1").build().endorse();
        } catch (EndorseException e) {
            throw new AssertionError(e);
        }
    }

    /** A signed commit status request for a transaction that is not submitted. */
    private static byte[] commitBytes(Transaction transaction) {
        return SignedRequests.commitStatus(NETWORK, transaction.getTransactionId());
    }

    private static <T extends Throwable> T failure(
            Class<T> type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        T failure = catchThrowableOfType(type, call);
        assertThat(failure).as("a failure of type %s", type.getSimpleName()).isNotNull();
        return failure;
    }
}
