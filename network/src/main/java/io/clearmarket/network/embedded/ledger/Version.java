package io.clearmarket.network.embedded.ledger;

/** Who wrote a value: block number and index in the block. */
public record Version(long block, long transaction) {
    /** As read-write sets write it. */
    org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version toProto() {
        return org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version.newBuilder()
                .setBlockNum(block)
                .setTxNum(transaction)
                .build();
    }

    /** As Fabric's error texts write it. */
    String text() {
        return "{BlockNum: " + block + ", TxNum: " + transaction + "}";
    }
}
