import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { Notice } from "../../components/notice.tsx";
import { usePageTitle } from "../../lib/page-title.ts";

export function NotFound() {
  usePageTitle("Not found");
  return (
    <main className="pt-16">
      <Notice icon={MapPinOff} title="There is no page here">
        <Link to="/runs" className="text-accent underline">
          Go to the runs
        </Link>
      </Notice>
    </main>
  );
}
