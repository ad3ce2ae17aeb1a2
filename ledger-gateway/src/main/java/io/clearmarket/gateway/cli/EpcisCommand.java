package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clearmarket epcis}. */
@Command(name = "epcis", mixinStandardHelpOptions = true, description = "GS1 EPCIS 2.0 documents.")
final class EpcisCommand {

    @Command(
            name = "hash",
            mixinStandardHelpOptions = true,
            description = "Prints the CBV 2.0 event hash of each event of a JSON-LD document, one a line.")
    int hash(@Parameters(paramLabel = "FILE", description = "An EPCIS 2.0 JSON-LD document.") Path file) {
        Path document = Main.fromUser(file);
        try {
            EventHash.ids(EpcisDocument.parse(Main.read(document))).forEach(System.out::println);
            return 0;
        } catch (IOException e) {
            System.err.println("clearmarket: can't be read: " + Main.reason(e));
        } catch (MalformedEpcis e) {
            System.err.println("clearmarket: " + document + ": " + e.getMessage());
        }
        return 1;
    }
}
