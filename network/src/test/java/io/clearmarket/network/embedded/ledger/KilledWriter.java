package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.hyperledger.fabric.protos.common.Envelope;

/** A process that commits blocks until it is killed; it prints each block's number and commit hash once acknowledged. */
final class KilledWriter {
    /** So few that the kill is likely to meet one being written. */
    static final int SNAPSHOT_INTERVAL = 1;

    private KilledWriter() {}

    public static void main(String[] arguments) throws Exception {
        TestChannel channel = new TestChannel();
        Random random = new Random(Long.parseLong(arguments[1]));
        try (FileLedger ledger = FileLedger.open(Path.of(arguments[0]), channel.genesis, null, SNAPSHOT_INTERVAL)) {
            channel.commit(ledger, channel.definition(ledger, CHAINCODE, 1, POLICY));
            while (true) {
                Envelope[] transactions = new Envelope[1 + random.nextInt(5)];
                for (int i = 0; i < transactions.length; i++) {
                    transactions[i] = randomTransaction(channel, ledger, random);
                }
                CommittedBlock committed = ledger.commit(channel.block(ledger, transactions));
                System.out.println(committed.number() + " "
                        + HexFormat.of()
                                .formatHex(CompletedBlock.commitHash(committed.block())
                                        .toByteArray()));
            }
        }
    }

    private static Envelope randomTransaction(TestChannel channel, FileLedger ledger, Random random)
            throws Simulator.Refused {
        return channel.transaction(ledger, simulator -> {
                    simulator.getState(CHAINCODE, "k" + random.nextInt(10));
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        byte[] value = new byte[random.nextInt(2000)];
                        simulator.putState(CHAINCODE, "k" + random.nextInt(10), ByteString.copyFrom(value));
                    }
                })
                .build();
    }
}
