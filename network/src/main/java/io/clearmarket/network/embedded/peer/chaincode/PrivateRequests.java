package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Collection;
import io.clearmarket.network.embedded.ledger.PrivateSimulator;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stub requests that concern a private data collection, with the rules about who may make them. */
final class PrivateRequests {
    private PrivateRequests() {}

    static ByteString get(String collection, String key, TransactionContext context) throws Refused {
        requireReader(collection, context);
        return data(context).get(chaincode(context), collection, key);
    }

    /** Open to everybody: the hash stands in the block. */
    static ByteString getHash(String collection, String key, TransactionContext context) throws Refused {
        return data(context).getHash(chaincode(context), collection, key);
    }

    static void put(String collection, String key, ByteString value, TransactionContext context) throws Refused {
        requireWriter(collection, context);
        data(context).put(chaincode(context), collection, key, value);
    }

    static void purge(String collection, String key, TransactionContext context) throws Refused {
        requireWriter(collection, context);
        data(context).purge(chaincode(context), collection, key);
    }

    static @Nullable ByteString getValidationParameter(String collection, String key, TransactionContext context)
            throws Refused {
        requireReader(collection, context);
        return data(context).getValidationParameter(chaincode(context), collection, key);
    }

    static void putValidationParameter(String collection, String key, ByteString policy, TransactionContext context)
            throws Refused {
        requireWriter(collection, context);
        data(context).putValidationParameter(chaincode(context), collection, key, policy);
    }

    static Simulator.Cursor range(String collection, String start, String end, TransactionContext context)
            throws Refused {
        requireReader(collection, context);
        return data(context).range(chaincode(context), collection, start, end);
    }

    private static void requireReader(String name, TransactionContext context) throws Refused {
        Collection collection = data(context).collection(chaincode(context), name);
        if (collection.config().getMemberOnlyRead() && !createdByMember(collection, context)) {
            throw denied("read", collection);
        }
    }

    private static void requireWriter(String name, TransactionContext context) throws Refused {
        Collection collection = data(context).collection(chaincode(context), name);
        if (collection.config().getMemberOnlyWrite() && !createdByMember(collection, context)) {
            throw denied("write", collection);
        }
    }

    private static boolean createdByMember(Collection collection, TransactionContext context) {
        return collection
                .members()
                .evaluate(List.of(context.invocation().signedProposal()))
                .isEmpty();
    }

    private static Refused denied(String access, Collection collection) {
        return new Refused("tx creator does not have " + access + " access permission on privatedata in chaincodeName:"
                + collection.chaincode() + " collectionName: " + collection.name());
    }

    private static PrivateSimulator data(TransactionContext context) throws Refused {
        if (context.isInitialization()) {
            throw new Refused("private data APIs are not allowed in chaincode Init()");
        }
        return context.simulator().privateData();
    }

    private static String chaincode(TransactionContext context) {
        return context.invocation().chaincode();
    }
}
