import io.openepcis.epc.eventhash.EventHashGenerator;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Prints what OpenEPCIS's generator hashes of each event of an EPCIS document, a line each; {@code FILE prefix=namespace...}. */
class OpenEpcisHashes {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> prefixes = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            prefixes.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        try (InputStream document = Files.newInputStream(Path.of(arguments[0]))) {
            for (Map<String, String> event : new EventHashGenerator()
                    .fromJson(document, prefixes, "prehash", "sha-256")
                    .subscribe()
                    .asIterable()) {
                System.out.println(event.get("prehash"));
            }
        }
    }
}
