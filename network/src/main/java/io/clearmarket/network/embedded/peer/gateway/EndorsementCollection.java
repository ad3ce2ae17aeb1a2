package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;

/** Endorsements of one proposal so far: all over the same payload bytes, in the order of arrival, and what failed. */
final class EndorsementCollection {
    private final Map<String, Endorsement> byMspId = new LinkedHashMap<>();
    private final List<ErrorDetail> failures = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private ByteString payload = ByteString.EMPTY;

    void add(EndorserNode node, Verdict verdict) {
        switch (verdict) {
            case Verdict.Endorsed endorsed -> add(node, endorsed.response());
            case Verdict.Failed failed -> fail(node, failed.message());
        }
    }

    void add(EndorserNode node, ProposalResponse response) {
        if (!byMspId.isEmpty() && !payload.equals(response.getPayload())) {
            fail(node, "ProposalResponsePayloads do not match");
            return;
        }
        tried.add(node.mspId());
        payload = response.getPayload();
        byMspId.put(node.mspId(), response.getEndorsement());
    }

    private void fail(EndorserNode node, String message) {
        tried.add(node.mspId());
        failures.add(Failures.detail(node.address(), node.mspId(), message));
    }

    boolean tried(EndorserNode node) {
        return tried.contains(node.mspId());
    }

    /** True if a peer of one of these was asked in vain; with one peer each, their set cannot be completed. */
    boolean failedAny(Set<String> mspIds) {
        return tried.stream().anyMatch(mspId -> mspIds.contains(mspId) && !byMspId.containsKey(mspId));
    }

    boolean covers(Set<String> mspIds) {
        return byMspId.keySet().containsAll(mspIds);
    }

    /** Without the endorsements of layouts that did not complete. */
    EndorsementCollection limitedTo(Set<String> mspIds) {
        byMspId.keySet().retainAll(mspIds);
        return this;
    }

    EndorsementCollection requireComplete() {
        if (!failures.isEmpty()) {
            throw incomplete();
        }
        return this;
    }

    StatusRuntimeException incomplete() {
        return Failures.of(
                Status.Code.ABORTED,
                "failed to collect enough transaction endorsements, see attached details for more info",
                failures);
    }

    /** {@code ProposalResponsePayload} bytes that every endorsement is over. */
    ByteString payload() {
        return payload;
    }

    List<Endorsement> endorsements() {
        return List.copyOf(byMspId.values());
    }
}
