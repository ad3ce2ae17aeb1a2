package io.clearmarket.chaincode.adapter;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;

/**
 * What a client sent and signed.
 *
 * @param function a command's or a query's name
 * @param creator Fabric's SerializedIdentity of who signed
 * @param timestamp the time that the client put into its proposal
 */
record Invocation(String function, List<ByteString> arguments, ByteString creator, Instant timestamp) {
    Invocation {
        arguments = List.copyOf(arguments);
    }
}
