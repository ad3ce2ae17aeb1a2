package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;

import io.grpc.Status;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.Transaction;

/** What an ordering service of several nodes lets a client see. */
final class ClusterStatements {
    private static final int TRANSACTIONS = 6;

    private ClusterStatements() {}

    static List<Statement> all() {
        return Stream.of(
                        Statement.of(
                                "F8",
                                "With one of three orderers down nothing is to be seen",
                                ClusterStatements::oneDown),
                        Statement.of(
                                "F9",
                                "With two or three of three orderers down submit is UNAVAILABLE, with a detail for each",
                                ClusterStatements::mostDown))
                .map(statement -> statement.needing(Capability.THREE_ORDERERS).on(Stage.THREE_ORDERERS))
                .toList();
    }

    private static void oneDown(Rig rig) throws Exception {
        rig.submit("put", rig.key(), "x");
        rig.network().stopOrderers(1);
        try {
            for (int i = 0; i < TRANSACTIONS; i++) {
                rig.submit("put", rig.key(), "x");
            }
        } finally {
            rig.network().startOrderer();
        }
        rig.submit("put", rig.key(), "x");
    }

    private static void mostDown(Rig rig) throws Exception {
        for (int down : new int[] {2, 3}) {
            Transaction endorsed = rig.client().endorse("put", rig.key(), "x");
            rig.network().stopOrderers(down);
            try {
                SubmitException e = thrown(SubmitException.class, endorsed::submitAsync);
                Expect.status(Status.Code.UNAVAILABLE, "no orderers could successfully process transaction", e);
                holds(
                        "a detail for each of " + down + " that are down",
                        e.getDetails().size() >= down,
                        e.getDetails());
                e.getDetails().forEach(detail -> equal("MSP id", NetworkPlan.ORDERER, detail.getMspId()));
            } finally {
                rig.network().startOrderer();
            }
            equal(
                    "code afterwards",
                    "VALID",
                    endorsed.submitAsync().getStatus().getCode().name());
        }
    }
}
