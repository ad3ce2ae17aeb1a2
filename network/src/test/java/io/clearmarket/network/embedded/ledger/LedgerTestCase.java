package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh ledger with one defined chaincode. */
abstract class LedgerTestCase {
    static final TestChannel CHANNEL = new TestChannel();

    @TempDir
    private Path directory;

    FileLedger ledger;

    @BeforeEach
    void found() {
        ledger = FileLedger.open(directory, CHANNEL.genesis);
        CHANNEL.commit(ledger, CHANNEL.definition(ledger, CHAINCODE, 1, POLICY));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    List<TxValidationCode> commit(Envelope... transactions) {
        return CHANNEL.commit(ledger, transactions);
    }

    TestTransaction put(String key, String value) throws Simulator.Refused {
        return CHANNEL.puts(ledger, Map.of(key, value));
    }

    TestTransaction transaction(TestChannel.Steps steps) throws Simulator.Refused {
        return CHANNEL.transaction(ledger, steps);
    }

    String get(String key) throws Simulator.Refused {
        try (Simulator simulator = ledger.simulate("read")) {
            return simulator.getState(CHAINCODE, key).toStringUtf8();
        }
    }
}
