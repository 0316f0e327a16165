package lethe.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import lethe.ledger.Checkout;
import picocli.CommandLine.IVersionProvider;

/** What this is: version, commit, engine. */
final class Version implements IVersionProvider {
  /** As in pom.xml. */
  static final String LETHE = "0.1.0";

  /** The version of Akka on the class path, as its own settings say. */
  static String akka() {
    Config versions = ConfigFactory.parseResources("version.conf");
    return versions.hasPath("akka.version") ? versions.getString("akka.version") : "unknown";
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "lethe " + LETHE + Checkout.commit(Home.folder()).map(c -> " (" + brief(c) + ")").orElse("")
    };
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }
}
