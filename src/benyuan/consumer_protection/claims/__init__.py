"""What customers claim: complaints, their own data, and word of a data incident; all with days to the day."""
