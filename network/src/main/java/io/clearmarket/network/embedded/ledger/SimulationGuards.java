package io.clearmarket.network.embedded.ledger;

/** What a simulation must not do any more after what it has done (fabric-protocol 3.4). */
final class SimulationGuards {
    private final String transactionId;
    private boolean written;
    private boolean paginated;
    private boolean privateQueried;
    private boolean ended;

    SimulationGuards(String transactionId) {
        this.transactionId = transactionId;
    }

    void end() {
        ended = true;
    }

    void refuseAfterEnd() {
        if (ended) {
            throw new IllegalStateException("the simulation of " + transactionId + " has ended");
        }
    }

    void beforeWrite() throws Simulator.Refused {
        refuseAfterEnd();
        if (privateQueried) {
            throw unsupported("Transaction has already performed queries on pvt data. Writes are not allowed");
        }
        if (paginated) {
            throw unsupported("Transaction has already performed a paginated query. Writes are not allowed");
        }
        written = true;
    }

    void beforePaginatedQuery() throws Simulator.Refused {
        refuseAfterEnd();
        if (written) {
            throw unsupported("Paginated queries are supported only in a read-only transaction");
        }
        paginated = true;
    }

    void beforePrivateQuery() throws Simulator.Refused {
        refuseAfterEnd();
        if (written) {
            throw unsupported("Queries on pvt data is supported only in a read-only transaction");
        }
        privateQueried = true;
    }

    /** The spelling is Fabric's. */
    private Simulator.Refused unsupported(String why) {
        return new Simulator.Refused("txid [" + transactionId + "]: unsuppored transaction. " + why);
    }
}
