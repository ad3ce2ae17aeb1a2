package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole world state as bytes: namespace by namespace, each with its keys in order. */
final class StateFile {
    private static final int BUFFER = 1 << 16;

    private StateFile() {}

    static void write(WorldState state, OutputStream to) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(to, BUFFER);
        for (String namespace : state.namespaces()) {
            List<SortedTree.Entry<StateValue>> entries = new ArrayList<>();
            state.from(namespace, "").forEachRemaining(entries::add);
            out.writeStringNoTag(namespace);
            out.writeUInt32NoTag(entries.size());
            for (SortedTree.Entry<StateValue> entry : entries) {
                out.writeStringNoTag(entry.key());
                out.writeBytesNoTag(entry.value().value());
                out.writeUInt64NoTag(entry.value().version().block());
                out.writeUInt64NoTag(entry.value().version().transaction());
                out.writeBytesNoTag(entry.value().policy());
            }
        }
        out.flush();
    }

    static WorldState read(InputStream from) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(from, BUFFER);
        in.setSizeLimit(Integer.MAX_VALUE);
        Map<String, SortedTree<StateValue>> namespaces = new HashMap<>();
        while (!in.isAtEnd()) {
            String namespace = in.readStringRequireUtf8();
            int size = in.readUInt32();
            List<SortedTree.Entry<StateValue>> entries = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                String key = in.readStringRequireUtf8();
                ByteString value = in.readBytes();
                Version version = new Version(in.readUInt64(), in.readUInt64());
                entries.add(new SortedTree.Entry<>(key, new StateValue(value, version, in.readBytes())));
            }
            namespaces.put(namespace, SortedTree.ofSorted(entries));
        }
        return WorldState.of(namespaces);
    }
}
