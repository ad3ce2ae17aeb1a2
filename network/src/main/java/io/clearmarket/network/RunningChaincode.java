package io.clearmarket.network;

/** What runs a chaincode's package for every peer of a network. */
interface RunningChaincode extends AutoCloseable {
    /** Of the process that it runs in. */
    long pid();

    @Override
    void close();
}
