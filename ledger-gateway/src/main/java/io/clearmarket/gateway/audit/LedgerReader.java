package io.clearmarket.gateway.audit;

import io.clearmarket.gateway.fabric.LedgerSnapshot;
import io.clearmarket.wallet.identity.MspFolder;
import java.nio.file.Path;

/** Reads the whole ledger from the auditor's peer. */
final class LedgerReader {
    /** Whose peer an audit reads. */
    private static final String AUDITOR = "AuditMSP";

    private static final String CHANNEL = "market";
    private static final String CHAINCODE = "market";

    private LedgerReader() {}

    /**
     * @param networkFile {@code network.json}
     * @param readerMsp MSP folder of who asks
     */
    static LedgerRecords read(Path networkFile, Path readerMsp, String readerMspId) {
        LedgerSnapshot snapshot = snapshot(networkFile, AUDITOR, readerMsp, readerMspId);
        return LedgerRecords.of(snapshot.height(), snapshot.hash(), snapshot.blocks());
    }

    /** All blocks, from the peer of any organisation. */
    static LedgerSnapshot snapshot(Path networkFile, String peerMspId, Path readerMsp, String readerMspId) {
        return LedgerSnapshot.read(networkFile, peerMspId, MspFolder.read(readerMspId, readerMsp), CHANNEL, CHAINCODE);
    }
}
