package io.clearmarket.network.bench;

import java.time.Duration;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;

/** What a bench runs on: the bench's chaincode, served by this process, and a network in a folder of its own. */
interface BenchSetup extends AutoCloseable {
    /** Starts the network, or opens it again; returns when its chaincode is agreed on. */
    BenchedNetwork open();

    @Override
    void close();

    /** A running network with a client. */
    interface BenchedNetwork extends AutoCloseable {
        Contract contract();

        /** Processor time that nodes used so far as processes of their own; nothing where they are in this one. */
        Map<Part, Duration> nodeTimes();

        @Override
        void close();
    }
}
