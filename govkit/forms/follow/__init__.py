"""The page of what follows: 整改 from notice to recheck, 年度考核, reports, and what is due when."""
