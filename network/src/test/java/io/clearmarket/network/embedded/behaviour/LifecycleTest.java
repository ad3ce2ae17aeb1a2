package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code _lifecycle} through the unmodified client, as an administrator's tool would use it. */
class LifecycleTest {
    private static final List<String> MSP_IDS = List.of("PlatformMSP", "MerchantsMSP", "AuditMSP");

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .and("upgraded", ChaincodeConfig.MARKET_POLICY, RigChaincode::new)
            .and("secretive", ChaincodeConfig.MARKET_POLICY, RigChaincode::new);

    private static byte[] call(String mspId, NodeOu role, String function, MessageLite argument) throws Exception {
        return proposal(mspId, role, function, argument).evaluate();
    }

    private static Proposal proposal(String mspId, NodeOu role, String function, MessageLite argument) {
        var user = NETWORK.network().issue(mspId, role.name().toLowerCase(java.util.Locale.ROOT), role, Map.of());
        return NetworkClient.connect(NETWORK.network(), mspId, user)
                .contract("_lifecycle")
                .newProposal(function)
                .addArguments(argument.toByteArray())
                .setEndorsingOrganizations(mspId)
                .build();
    }

    private static Status approve(String mspId, NodeOu role, String chaincode, String version, long sequence)
            throws Exception {
        return approve(mspId, role, parameters(chaincode, version, sequence));
    }

    private static ApproveChaincodeDefinitionForMyOrgArgs.Builder parameters(
            String chaincode, String version, long sequence) {
        return ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(chaincode)
                .setVersion(version)
                .setSequence(sequence)
                .setValidationParameter(policy())
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder()
                                .setPackageId(ChaincodeConfig.packageId(chaincode, "1"))));
    }

    /** Returns when every organisation's peer knows of it. */
    private static Status approve(String mspId, NodeOu role, ApproveChaincodeDefinitionForMyOrgArgs.Builder definition)
            throws Exception {
        Status status = proposal(mspId, role, "ApproveChaincodeDefinitionForMyOrg", definition.build())
                .endorse()
                .submitAsync()
                .getStatus();
        NETWORK.network().awaitLevel();
        return status;
    }

    private static ByteString policy() {
        return LifecycleNamespace.applicationPolicy(ChaincodeConfig.MARKET_POLICY)
                .toByteString();
    }

    private static QueryChaincodeDefinitionResult definition(String chaincode) throws Exception {
        var asked = QueryChaincodeDefinitionArgs.newBuilder().setName(chaincode).build();
        return QueryChaincodeDefinitionResult.parseFrom(
                call("AuditMSP", NodeOu.CLIENT, "QueryChaincodeDefinition", asked));
    }

    private static String reason(GatewayException refused) {
        return refused.getDetails().stream().map(ErrorDetail::getMessage).reduce("", (all, one) -> all + one);
    }

    @Test
    void every_organisation_has_approved_what_the_channel_committed_at_the_start() throws Exception {
        QueryChaincodeDefinitionResult rig = definition("rig");

        assertThat(rig.getSequence()).isEqualTo(1);
        assertThat(rig.getApprovalsMap()).containsOnlyKeys(MSP_IDS).doesNotContainValue(false);
        var all = QueryChaincodeDefinitionsResult.parseFrom(call(
                "AuditMSP",
                NodeOu.CLIENT,
                "QueryChaincodeDefinitions",
                QueryChaincodeDefinitionsArgs.getDefaultInstance()));
        assertThat(all.getChaincodeDefinitionsList())
                .extracting(QueryChaincodeDefinitionsResult.ChaincodeDefinition::getName)
                .containsExactly("rig", "secretive", "upgraded");
        var approved = QueryApprovedChaincodeDefinitionResult.parseFrom(call(
                "AuditMSP",
                NodeOu.ADMIN,
                "QueryApprovedChaincodeDefinition",
                QueryApprovedChaincodeDefinitionArgs.newBuilder().setName("rig").build()));
        assertThat(approved.getSource().getLocalPackage().getPackageId())
                .isEqualTo(ChaincodeConfig.packageId("rig", "1"));
    }

    @Test
    void a_new_version_is_committed_when_enough_have_approved_and_refused_by_who_has_not() throws Exception {
        assertThat(approve("PlatformMSP", NodeOu.ADMIN, "upgraded", "2", 2).isSuccessful())
                .isTrue();
        assertThat(approve("MerchantsMSP", NodeOu.ADMIN, "upgraded", "2", 2).isSuccessful())
                .isTrue();
        assertThat(approve("AuditMSP", NodeOu.ADMIN, "upgraded", "other", 2).isSuccessful())
                .isTrue();

        var wanted = CheckCommitReadinessArgs.newBuilder()
                .setName("upgraded")
                .setVersion("2")
                .setSequence(2)
                .setValidationParameter(policy())
                .build();
        var readiness = CheckCommitReadinessResult.parseFrom(
                call("PlatformMSP", NodeOu.CLIENT, "CheckCommitReadiness", wanted));
        assertThat(readiness.getApprovalsMap())
                .containsEntry("PlatformMSP", true)
                .containsEntry("MerchantsMSP", true)
                .containsEntry("AuditMSP", false);
        assertThat(readiness.getMismatchesOrThrow("AuditMSP").getItemsList()).containsExactly("EndorsementInfo");

        var commit = CommitChaincodeDefinitionArgs.newBuilder()
                .setName("upgraded")
                .setVersion("2")
                .setSequence(2)
                .setValidationParameter(policy())
                .build();
        var contract = NETWORK.client("PlatformMSP", "user").contract("_lifecycle");
        assertThatThrownBy(() -> contract.newProposal("CommitChaincodeDefinition")
                        .addArguments(commit.toByteArray())
                        .setEndorsingOrganizations("PlatformMSP", "AuditMSP")
                        .build()
                        .endorse())
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains(
                                        "failed to invoke backing implementation of 'CommitChaincodeDefinition': chaincode"
                                                + " definition not agreed to by this org (AuditMSP)"));
        Status alone = contract.newProposal("CommitChaincodeDefinition")
                .addArguments(commit.toByteArray())
                .setEndorsingOrganizations("PlatformMSP")
                .build()
                .endorse()
                .submitAsync()
                .getStatus();
        assertThat(alone.getCode()).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        contract.newProposal("CommitChaincodeDefinition")
                .addArguments(commit.toByteArray())
                .setEndorsingOrganizations("PlatformMSP", "MerchantsMSP")
                .build()
                .endorse()
                .submit();
        // a commit is told by one peer, and any may be asked next
        NETWORK.network().awaitLevel();

        assertThat(definition("upgraded").getVersion()).isEqualTo("2");
        // AuditMSP runs nothing that it has not approved, whatever the others have agreed on
        NetworkClient auditor = NETWORK.client("AuditMSP", "user");
        assertThat(evaluateAt(auditor, "upgraded", "PlatformMSP")).isEmpty();
        assertThatThrownBy(() -> evaluateAt(auditor, "upgraded", "AuditMSP"))
                .hasMessageContaining("no peers available to evaluate chaincode upgraded in channel market");
        assertThat(definition("upgraded").getApprovalsOrThrow("AuditMSP")).isFalse();
    }

    private static String evaluateAt(NetworkClient client, String chaincode, String mspId) throws Exception {
        return new String(
                client.contract(chaincode)
                        .newProposal("get")
                        .addArguments("k")
                        .setEndorsingOrganizations(mspId)
                        .build()
                        .evaluate(),
                UTF_8);
    }

    @Test
    void only_an_organisations_own_administrators_approve_for_it() {
        assertThatThrownBy(() -> approve("PlatformMSP", NodeOu.CLIENT, "rig", "2", 2))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains("Failed to authorize invocation due to failed ACL check", "not an admin"));
    }

    @Test
    void approvals_out_of_step_are_refused_in_fabrics_words() {
        assertThatThrownBy(() -> approve("PlatformMSP", NodeOu.ADMIN, "rig", "1", 3))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains("requested sequence 3 is larger than the next available sequence number 2"));
        assertThatThrownBy(() -> approve("PlatformMSP", NodeOu.ADMIN, "rig", "9", 1))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains(
                                        "attempted to redefine the current committed sequence (1) for namespace rig with"
                                                + " different parameters"));
        assertThatThrownBy(() -> approve("PlatformMSP", NodeOu.ADMIN, "bad name", "1", 1))
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains("error validating chaincode definition: invalid chaincode name 'bad name'"));
    }

    @Test
    void a_chaincode_that_requires_it_runs_only_after_its_init() throws Exception {
        for (String mspId : MSP_IDS) {
            assertThat(approve(
                                    mspId,
                                    NodeOu.ADMIN,
                                    parameters("secretive", "1", 2).setInitRequired(true))
                            .isSuccessful())
                    .isTrue();
        }
        var commit = CommitChaincodeDefinitionArgs.newBuilder()
                .setName("secretive")
                .setVersion("1")
                .setSequence(2)
                .setValidationParameter(policy())
                .setInitRequired(true)
                .build();
        NetworkClient client = NETWORK.client("PlatformMSP", "user");
        client.contract("_lifecycle")
                .newProposal("CommitChaincodeDefinition")
                .addArguments(commit.toByteArray())
                .setEndorsingOrganizations("PlatformMSP", "MerchantsMSP")
                .build()
                .endorse()
                .submit();
        NETWORK.network().awaitLevel();

        assertThatThrownBy(() -> client.contract("secretive").evaluateTransaction("get", "k"))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(reason(refused))
                                .contains(
                                        "invalid invocation: chaincode 'secretive' has not been initialized for this version,"
                                                + " must call as init first"));
        init(client).endorse().submit();
        NETWORK.network().awaitLevel();
        assertThat(new String(client.contract("secretive").evaluateTransaction("get", "k"), UTF_8))
                .isEmpty();
        assertThatThrownBy(() -> init(client).endorse())
                .isInstanceOfSatisfying(
                        EndorseException.class,
                        refused -> assertThat(reason(refused))
                                .contains("chaincode 'secretive' is already initialized but called as init"));
    }

    /** The client library has no way to say so: the flag is set in its proposal's bytes, which it then signs. */
    private static Proposal init(NetworkClient client) throws Exception {
        Proposal plain = client.contract("secretive").newProposal("init").build();
        ProposedTransaction proposed = ProposedTransaction.parseFrom(plain.getBytes());
        var proposal = org.hyperledger.fabric.protos.peer.Proposal.parseFrom(
                proposed.getProposal().getProposalBytes());
        ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
        ChaincodeInvocationSpec.Builder spec = ChaincodeInvocationSpec.parseFrom(payload.getInput()).toBuilder();
        spec.getChaincodeSpecBuilder().getInputBuilder().setIsInit(true);
        ByteString bytes = proposal.toBuilder()
                .setPayload(payload.toBuilder()
                        .setInput(spec.build().toByteString())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return client.gateway()
                .newProposal(proposed.toBuilder()
                        .setProposal(proposed.getProposal().toBuilder().setProposalBytes(bytes))
                        .build()
                        .toByteArray());
    }
}
