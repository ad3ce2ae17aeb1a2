package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;

/** Endorsements of one proposal so far: all over the same payload bytes, in the order of arrival, and what failed. */
final class EndorsementCollection {
    private final Map<EndorserNode, Endorsement> endorsed = new LinkedHashMap<>();
    private final List<ErrorDetail> failures = new ArrayList<>();
    private final Set<EndorserNode> tried = new HashSet<>();
    private ByteString payload = ByteString.EMPTY;

    void add(EndorserNode node, Verdict verdict) {
        switch (verdict) {
            case Verdict.Endorsed good -> add(node, good.response());
            case Verdict.Failed failed -> fail(node, failed.message());
        }
    }

    void add(EndorserNode node, ProposalResponse response) {
        if (!endorsed.isEmpty() && !payload.equals(response.getPayload())) {
            fail(node, "ProposalResponsePayloads do not match");
            return;
        }
        tried.add(node);
        payload = response.getPayload();
        endorsed.put(node, response.getEndorsement());
    }

    private void fail(EndorserNode node, String message) {
        tried.add(node);
        failures.add(Failures.detail(node.address(), node.mspId(), message));
    }

    /** Who must still be asked to complete a layout; empty if too few are left that were not asked in vain. */
    Optional<List<EndorserNode>> missing(Layout layout, List<EndorserNode> candidates) {
        Map<String, Integer> needed = new HashMap<>(layout.peers());
        endorsed.keySet().forEach(node -> needed.computeIfPresent(node.mspId(), (id, count) -> count - 1));
        List<EndorserNode> next = new ArrayList<>();
        for (EndorserNode node : candidates) {
            if (!tried.contains(node) && needed.getOrDefault(node.mspId(), 0) > 0) {
                needed.merge(node.mspId(), -1, Integer::sum);
                next.add(node);
            }
        }
        return needed.values().stream().allMatch(count -> count <= 0) ? Optional.of(next) : Optional.empty();
    }

    /** Without the endorsements of layouts that did not complete. */
    EndorsementCollection limitedTo(Layout layout) {
        endorsed.keySet().removeIf(node -> !layout.peers().containsKey(node.mspId()));
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
        return List.copyOf(endorsed.values());
    }
}
