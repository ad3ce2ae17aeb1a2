package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.clearmarket.chaincode.api.RefusalCode;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final String REFUSAL = "chaincode response 400, {\"code\":\"WRONG_STATE\",\"message\":\"no, no\"}";

    @Test
    void a_refusal_is_unwrapped_from_the_endorsement_details() {
        LedgerFailure failure = failure(Code.ABORTED, "failed to endorse transaction, see attached details", REFUSAL);
        assertThat(failure).isInstanceOfSatisfying(LedgerFailure.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.WRONG_STATE);
            assertThat(refused.refusal().message()).isEqualTo("no, no");
        });
    }

    @Test
    void a_refusal_is_unwrapped_from_an_evaluation() {
        assertThat(failure(Code.UNKNOWN, "evaluate call to endorser returned error: " + REFUSAL))
                .isInstanceOf(LedgerFailure.Refused.class);
    }

    @Test
    void endorsers_that_disagree_are_a_conflict() {
        String message = "failed to collect enough transaction endorsements, see attached details for more info";
        assertThat(failure(Code.ABORTED, message, "ProposalResponsePayloads do not match"))
                .isInstanceOf(LedgerFailure.Conflict.class);
        assertThat(failure(Code.ABORTED, message, REFUSAL)).isInstanceOf(LedgerFailure.Conflict.class);
        assertThat(failure(Code.ABORTED, message, "rpc error: code = Unavailable"))
                .isInstanceOf(LedgerFailure.Unavailable.class);
    }

    @Test
    void rejections_name_their_reason() {
        assertReason(
                LedgerFailure.Reason.ACCESS_DENIED,
                "error validating proposal: access denied: channel [market] creator org [MarketMSP]");
        assertReason(LedgerFailure.Reason.CERTIFICATE_EXPIRED, "proposal client identity expired");
        assertReason(LedgerFailure.Reason.DUPLICATE_TRANSACTION, "duplicate transaction found [ab]. Creator [cd]");
        assertReason(LedgerFailure.Reason.TIMESTAMP, "request unauthorized due to incorrect timestamp 1");
        assertReason(
                LedgerFailure.Reason.ACCESS_DENIED,
                "received unsuccessful response from orderer: status=FORBIDDEN, info=implicit policy");
    }

    @Test
    void what_is_not_understood_is_taken_for_a_network_that_does_not_answer() {
        assertThat(failure(Code.DEADLINE_EXCEEDED, "deadline")).isInstanceOf(LedgerFailure.Unavailable.class);
        assertThat(failure(Code.ABORTED, "failed", "chaincode response 400, words of another chaincode"))
                .isInstanceOf(LedgerFailure.Unavailable.class);
        assertThat(failure(Code.ABORTED, "failed", "chaincode response 500, broken"))
                .isInstanceOf(LedgerFailure.Unavailable.class);
    }

    private static void assertReason(LedgerFailure.Reason reason, String text) {
        assertThat(failure(Code.ABORTED, "failed to endorse transaction", text))
                .isInstanceOfSatisfying(
                        LedgerFailure.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static LedgerFailure failure(Code code, String message, String... details) {
        var status = com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
        for (String detail : details) {
            status.addDetails(Any.pack(ErrorDetail.newBuilder()
                    .setMspId("PlatformMSP")
                    .setAddress("peer:1")
                    .setMessage(detail)
                    .build()));
        }
        StatusRuntimeException cause = StatusProto.toStatusRuntimeException(status.build());
        return Failures.of(new GatewayException(cause));
    }
}
